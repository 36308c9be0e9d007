import { Button, Label, ProgressBar } from 'react-aria-components';
import { answerOf, api } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { useCommand } from '../api/use-command.ts';
import { words } from '../words/words.ts';
import type { Run } from './run.ts';

/** Which step a run is at, how far, and a way to end it. */
export function RunProgress({ run: { id, step, done, total } }: { readonly run: Run }) {
  const cancel = useCommand({
    send: (runId: string) => answerOf(api.POST('/api/sync-runs/{id}/cancel', { params: { path: { id: runId } } })),
    done: () => words.sync.cancelled,
    changes: [['sync-runs'], ['overview']],
  });
  const isOver = cancel.error instanceof ApiProblem && cancel.error.status === 409;
  return (
    <div className="run-progress">
      <ProgressBar
        className="progress"
        {...(total > 0
          ? { value: done, maxValue: total, valueLabel: words.sync.amount(done, total) }
          : { isIndeterminate: true })}
      >
        {({ percentage, valueText }) => (
          <>
            <span className="progress-words">
              <Label>{step}</Label>
              <span>{valueText}</span>
            </span>
            <progress aria-hidden="true" {...(percentage === undefined ? {} : { value: percentage, max: 100 })} />
          </>
        )}
      </ProgressBar>
      <Button isDisabled={cancel.isPending || cancel.isSuccess || isOver} onPress={() => cancel.mutate(id)}>
        {words.sync.cancel}
      </Button>
    </div>
  );
}
