import type { UserState } from '@learnamp/contracts';
import { hashOf } from '@learnamp/directory';
import { emitStates } from '../emission/emit-states.ts';
import { wantedOf } from '../emission/wanted-of.ts';
import { askMembership, type MembershipAnswer, proveLeavers } from '../removal/prove-removals.ts';
import { outdatedStates } from './known-states.ts';
import { noteMissing } from './note-missing.ts';
import type { RunContext } from './run-context.ts';
import type { RunNotes } from './run-reporter.ts';
import { syncPeople } from './sync-people.ts';

const AT_ONCE = 500;

/** Everybody whose decision was stored and never acknowledged. */
export async function pendingStates({ stores, organisation }: Pick<RunContext, 'stores' | 'organisation'>) {
  const records = await stores.people.find({ organisationId: organisation.id, pending: { $ne: null } }).lean();
  return records.flatMap(({ pending }) => (pending ? [pending] : []));
}

/**
 * Decides again, by fresh reads and under our own epoch, what a former holder of the lease left pending: its event may
 * or may not have been published, and may not be true any more. Who can't be asked about stays pending.
 */
export async function reconsiderPending(
  context: RunContext,
  run: RunNotes,
  pending: readonly UserState[],
): Promise<void> {
  for (let start = 0; start < pending.length; start += AT_ONCE) {
    const some = pending.slice(start, start + AT_ONCE);
    const personIds = some.map((state) => state.personId);
    const answers = await askMembership(context, personIds);
    const members = personIds.filter((personId) => answers.get(personId) === 'member');
    await syncPeople(context, run, members, outdatedStates(context));
    await reconsiderOthers(context, run, some, answers, new Set(members));
  }
}

async function reconsiderOthers(
  context: RunContext,
  run: RunNotes,
  pending: readonly UserState[],
  answers: ReadonlyMap<string, MembershipAnswer>,
  members: ReadonlySet<string>,
): Promise<void> {
  const answered = (state: UserState, ...kinds: MembershipAnswer[]) =>
    kinds.includes(answers.get(state.personId) ?? 'unknown');
  // Their removal was proved when it was decided, and nothing speaks against it now.
  const stillGone = pending.filter((state) => !state.active && answered(state, 'not-member', 'missing')).map(wantedOf);
  await emitStates(
    context,
    run.runId,
    stillGone.map((state) => ({ state, hash: hashOf(state), isCounted: state.removal?.approvedBy === undefined })),
  );
  const goneSince = pending.filter((state) => state.active && answered(state, 'not-member')).map(wantedOf);
  await proveLeavers(context, run, new Map(goneSince.map((state) => [state.personId, state])), members);
  const missing = pending.filter((state) => state.active && answered(state, 'missing'));
  await noteMissing(
    context,
    missing.map((state) => state.personId),
  );
}
