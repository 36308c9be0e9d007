import { giveVerdict } from '../approval/give-verdict.ts';
import { settleChanges } from '../approval/settle-changes.ts';
import { confirmDeletions } from '../removal/confirm-deletions.ts';
import { personRun } from '../runs/person-run.ts';
import { pendingStates, reconsiderPending } from '../runs/reconsider-pending.ts';
import type { RunContext } from '../runs/run-context.ts';
import { secondLook } from '../runs/second-look.ts';
import { causeOf, type Task } from '../work/plan.ts';
import { asCancellableRun, asRun } from './as-run.ts';

type PersonTask = Extract<Task, { kind: 'person' }>;
type VerdictTask = Extract<Task, { kind: 'verdict' }>;

/** Reads one person whom somebody asked for. */
export async function performPerson(context: RunContext, { kind, personId, ...cause }: PersonTask): Promise<void> {
  await asCancellableRun(context, { mode: kind, ...cause }, async (run, own) => {
    await personRun(own, run, personId);
    return {};
  });
}

/** Carries out what an administrator said of held removals. */
export async function performVerdict(context: RunContext, { request }: VerdictTask): Promise<void> {
  const { mode, requestedBy, personIds = [] } = request;
  const verdict = mode === 'approve' ? 'approved' : 'rejected';
  await asRun(context, { mode: 'delta', ...causeOf(request, [request]) }, async (run) => {
    await giveVerdict(context, run, { verdict, personIds, saidBy: requestedBy });
    return {};
  });
}

/** Looks at people again who changed half a minute ago. Returns everybody who was read or decided about. */
export async function performSecondLook(context: RunContext): Promise<ReadonlySet<string>> {
  const { touched } = await asRun(context, { mode: 'delta', trigger: 'second look', requestIds: [] }, async (run) => ({
    touched: await secondLook(context, run),
  }));
  return touched;
}

/** Asks again for people who were missing minutes ago. */
export async function performDeletions(context: RunContext): Promise<void> {
  await asRun(context, { mode: 'delta', trigger: 'missing people', requestIds: [] }, async (run) => {
    await confirmDeletions(context, run);
    await settleChanges(context, run);
    return {};
  });
}

/** Brings to an end what a former holder of the lease decided and may not have published. */
export async function performRecovery(context: RunContext): Promise<void> {
  const pending = await pendingStates(context);
  if (pending.length === 0) return;
  await asRun(context, { mode: 'delta', trigger: 'recovery', requestIds: [] }, async (run) => {
    await reconsiderPending(context, run, pending);
    await settleChanges(context, run);
    return {};
  });
}
