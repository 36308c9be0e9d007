import { useNavigate } from 'react-router';
import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { words } from '../words/words.ts';

interface PreviewButtonProps {
  readonly name: string;
  readonly isPrimary?: boolean;
  /** Stays on the page instead of going on to the run. */
  readonly stays?: boolean;
}

/** Asks for a preview, and goes on to its run; to the list of previews while none has taken it up. */
export function PreviewButton({ name, isPrimary = false, stays = false }: PreviewButtonProps) {
  const navigate = useNavigate();
  const ask = useCommand({
    send: () => answerOf(api.POST('/api/sync-runs', { body: { mode: 'preview' } })),
    done: () => words.sync.requested.preview,
    changes: [['sync-runs'], ['overview']],
  });
  const goOn = ({ runId }: { readonly runId?: string | undefined }) => {
    if (!stays)
      void navigate(runId === undefined ? '/runs?kind=preview' : `/runs/${runId}`, { state: { from: 'link' } });
  };
  return (
    <CommandButton
      className={isPrimary ? 'primary' : 'secondary'}
      isPending={ask.isPending}
      onPress={() => ask.mutate(undefined, { onSuccess: goOn })}
    >
      {name}
    </CommandButton>
  );
}
