import { GraphError } from '@learnamp/graph-client';
import { LeaseLostError } from '@learnamp/mongo';
import type { RunInProgress } from '@learnamp/sync-state';
import { RootGroupMissingError } from '../group-tree/walk-group-tree.ts';
import { RunCancelledError } from '../runs/cancelling.ts';
import type { RunContext } from '../runs/run-context.ts';
import { type RunReporter, startRun } from '../runs/run-reporter.ts';
import { RunStoppedError } from '../runs/stop-if-needed.ts';
import { PermissionMissingError } from '../tenants/permission-missing.ts';
import { tokenProblem } from '../tenants/token-problem.ts';
import { runSpan } from '../tracing/run-span.ts';

/**
 * Does `work` as a run that others can watch. It always gets an end: an error is told as the problem that interrupted
 * it, or as its being cancelled, and thrown on. Only with the lease lost is nothing said: the next holder closes it.
 */
export async function asRun<Result>(
  context: RunContext,
  about: Omit<RunInProgress, 'runId'>,
  work: (run: RunReporter) => Promise<Result & { readonly problem?: string }>,
): Promise<Result> {
  return runSpan(context, about, async (note) => {
    const run = await startRun(context, about);
    note(run);
    try {
      return await toItsEnd(run, work);
    } finally {
      note(run);
    }
  });
}

async function toItsEnd<Result>(
  run: RunReporter,
  work: (run: RunReporter) => Promise<Result & { readonly problem?: string }>,
): Promise<Result> {
  try {
    const result = await work(run);
    await run.finished(result.problem);
    return result;
  } catch (error) {
    if (error instanceof RunCancelledError) await run.cancelled();
    else if (!(error instanceof LeaseLostError)) await run.interrupted(problemOf(error));
    throw error;
  }
}

/** The same of a run that may be cancelled between its steps: `work` gets what it is done by. Undefined where it was. */
export async function asCancellableRun<Result>(
  context: RunContext,
  about: Omit<RunInProgress, 'runId'>,
  work: (run: RunReporter, own: RunContext) => Promise<Result & { readonly problem?: string }>,
): Promise<Result | undefined> {
  try {
    return await asRun(context, about, (run) => work(run, { ...context, cancelledBy: () => run.cancelledBy() }));
  } catch (error) {
    if (error instanceof RunCancelledError) return undefined;
    throw error;
  }
}

/** One sentence about what went wrong, without addresses, tokens or personal data. */
export function problemOf(error: unknown): string {
  const saysItself = [RunStoppedError, RootGroupMissingError, PermissionMissingError];
  if (error instanceof Error && saysItself.some((kind) => error instanceof kind)) return error.message;
  if (error instanceof GraphError) {
    if (error.code === 'token-refused') return tokenProblem(error.graphCode);
    const status = error.status === undefined ? '' : ` with status ${error.status}`;
    return `Microsoft Graph refused or failed (${error.graphCode ?? error.code}${status})`;
  }
  return 'an internal error; the log of directory-sync says which';
}
