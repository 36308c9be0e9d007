import { LeaseLostError } from '@learnamp/mongo';
import { onCopies } from '../preview/on-copies.ts';
import { proposeWaiting } from '../preview/propose-waiting.ts';
import { RunCancelledError } from '../runs/cancelling.ts';
import type { RunContext } from '../runs/run-context.ts';
import type { RunReporter } from '../runs/run-reporter.ts';
import { RunStoppedError, stopIfNeeded } from '../runs/stop-if-needed.ts';
import type { PreviewTask } from '../work/plan.ts';
import { asCancellableRun, problemOf } from './as-run.ts';
import { readWhole } from './full-task.ts';
import { joinWaiting } from './join-waiting.ts';
import { serveShortWork } from './serve-short-work.ts';

/** A full run of which nothing takes effect: says what one would do now. */
export async function performPreview(
  context: RunContext,
  { trigger, requestIds, traceparents = [] }: Pick<PreviewTask, 'trigger' | 'requestIds' | 'traceparents'>,
): Promise<void> {
  await asCancellableRun(context, { mode: 'preview', trigger, requestIds, traceparents }, async (run, own) => {
    const problem = await preview(own, run);
    return problem === undefined ? {} : { problem };
  });
}

/**
 * Answers with what is wrong, where something is. A preview that failed is over: somebody waits for it and can ask again,
 * and trying it for ever would keep the organisation's own runs waiting.
 */
async function preview(context: RunContext, run: RunReporter): Promise<string | undefined> {
  const touched = new Set<string>();
  const serve = () => serveBetween(context, run, touched);
  try {
    return await onCopies(context, async (copied) => {
      const { problem } = await readWhole(copied, run, { touched, serve });
      await proposeWaiting(copied, run.runId);
      return problem;
    });
  } catch (error) {
    if ([RunStoppedError, RunCancelledError, LeaseLostError].some((kind) => error instanceof kind)) throw error;
    context.logger.error({ organisationId: context.organisation.id, runId: run.runId, err: error }, 'preview failed');
    return problemOf(error);
  }
}

/** What is due goes on while somebody looks ahead; where provisioning is switched off, nothing is. */
async function serveBetween(context: RunContext, run: RunReporter, touched: Set<string>): Promise<void> {
  await stopIfNeeded(context);
  await joinWaiting(context, run, 'preview');
  if (!context.organisation.provisioning.enabled) return;
  for (const personId of (await serveShortWork(context)).touched) touched.add(personId);
}
