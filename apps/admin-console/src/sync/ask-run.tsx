import { useCommand } from '../api/use-command.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { AskedRun } from './asked-run.tsx';

interface AskRunProps {
  readonly name: string;
  /** What is said once it is asked for. */
  readonly said: string;
  readonly ask: () => Promise<{ readonly requestId: string }>;
}

/** A button that asks for a run, and what comes of it. */
export function AskRun({ name, said, ask }: AskRunProps) {
  const asked = useCommand({
    send: (request: AskRunProps['ask']) => request(),
    done: () => said,
    changes: [['sync-runs']],
  });
  return (
    <>
      <CommandButton className="secondary" isPending={asked.isPending} onPress={() => asked.mutate(ask)}>
        {name}
      </CommandButton>
      {asked.data && <AskedRun key={asked.data.requestId} requestId={asked.data.requestId} />}
    </>
  );
}
