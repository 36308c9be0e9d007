import type { RunInProgress, WaitingRequest } from '@learnamp/sync-state';
import { cancelOf } from '../runs/cancelling.ts';
import type { RunContext } from '../runs/run-context.ts';
import { tellCancelled } from '../runs/run-reporter.ts';
import type { CancelTask } from '../work/plan.ts';

/**
 * Takes back what waits for a run, and says so as a run that was cancelled before it began: whoever asked looks for the
 * run of their request. A cancel of what is over already changes nothing.
 */
export async function performCancel(context: RunContext, { request }: CancelTask): Promise<void> {
  const { stores, organisation } = context;
  const { requests } = await stores.workRecords.findById(organisation.id).lean().orFail();
  const waiting = requests.find(({ requestId, mode }) => requestId === request.cancels && isOfRun(mode));
  // Its own request names it, so that it is told once, however often this is done.
  const run = waiting && runInsteadOf(waiting);
  const cancel = run && cancelOf(requests, run);
  if (cancel) await tellCancelled(context, run, cancel);
  else
    await stores.workRecords.updateOne(
      { _id: organisation.id },
      { $pull: { requests: { requestId: request.requestId } } },
    );
}

const ofRuns = ['full', 'delta', 'person', 'preview'] as const;
type RunMode = (typeof ofRuns)[number];
const isOfRun = (mode: WaitingRequest['mode']): mode is RunMode => ofRuns.some((one) => one === mode);

const runInsteadOf = ({ requestId, mode, requestedBy }: WaitingRequest): RunInProgress => ({
  ...{ runId: requestId, mode: isOfRun(mode) ? mode : 'full', trigger: 'request', requestedBy },
  requestIds: [requestId],
});
