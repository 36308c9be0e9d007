import type { RunContext } from '../runs/run-context.ts';
import type { RunReporter } from '../runs/run-reporter.ts';

/** Lets a run answer those who ask for the same while it is under way. */
export async function joinWaiting(
  { stores, organisation }: RunContext,
  run: RunReporter,
  mode: 'full' | 'preview',
): Promise<void> {
  const { requests } = await stores.workRecords.findById(organisation.id).lean().orFail();
  await run.join(requests.filter((request) => request.mode === mode).map(({ requestId }) => requestId));
}
