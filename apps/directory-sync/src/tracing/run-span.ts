import { causesOf, inSpan } from '@learnamp/tracing';
import type { RunInProgress } from '@learnamp/sync-state';
import type { RunContext } from '../runs/run-context.ts';
import type { RunReporter } from '../runs/run-reporter.ts';
import { SCOPE } from './stage.ts';

/** Does a run in a span that belongs to what led to the run; `note` tells it which run it is, and what that counts. */
export function runSpan<Result>(
  { organisation }: Pick<RunContext, 'organisation'>,
  { mode, trigger, traceparents = [] }: Omit<RunInProgress, 'runId'>,
  work: (note: (run: RunReporter) => void) => Promise<Result>,
): Promise<Result> {
  const attributes = {
    'learnamp.organisation.id': organisation.id,
    'learnamp.run.mode': mode,
    'learnamp.run.trigger': trigger,
  };
  return inSpan(`${mode} run`, { scope: SCOPE, causes: causesOf(traceparents), attributes }, (span) =>
    work(({ runId, counts }) =>
      span.setAttributes({
        'learnamp.run.id': runId,
        'learnamp.run.emitted': counts.emitted,
        'learnamp.run.unchanged': counts.unchanged,
        'learnamp.run.skipped': counts.skipped,
      }),
    ),
  );
}
