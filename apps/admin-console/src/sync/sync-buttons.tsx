import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { words } from '../words/words.ts';

type Mode = 'full' | 'delta' | 'preview';

const buttons: readonly { readonly mode: Mode; readonly name: string; readonly hint: string }[] = [
  { mode: 'full', name: words.sync.everything, hint: words.sync.everythingHint },
  { mode: 'delta', name: words.sync.changes, hint: words.sync.changesHint },
  { mode: 'preview', name: words.sync.preview, hint: words.sync.previewHint },
];

/** The three ways to ask for a sync. A second press joins the run that goes on, so they stay where they are. */
export function SyncButtons() {
  const ask = useCommand({
    send: (mode: Mode) => answerOf(api.POST('/api/sync-runs', { body: { mode } })),
    done: (_answer, mode) => words.sync.requested[mode],
    changes: [['sync-runs'], ['overview']],
  });
  return (
    <div className="actions" role="group" aria-label={words.sync.title}>
      {buttons.map(({ mode, name, hint }) => (
        <span key={mode} title={hint}>
          <CommandButton
            className={mode === 'full' ? 'primary' : 'secondary'}
            aria-describedby={`sync-hint-${mode}`}
            isPending={ask.isPending && ask.variables === mode}
            onPress={() => ask.mutate(mode)}
          >
            {name}
          </CommandButton>
          <span id={`sync-hint-${mode}`} hidden>
            {hint}
          </span>
        </span>
      ))}
    </div>
  );
}
