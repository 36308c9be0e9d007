import type { UserState } from '@learnamp/contracts';
import { type LearnerDocument, learnerIdOf, type MembershipDocument } from '@learnamp/learners';
import { type BulkWritable, type GuardedWrite, insertOnce } from '@learnamp/mongo';
import type { Model } from 'mongoose';
import { recordInvitations, type RecordInvitationsDeps } from '../invitations/record-invitations.ts';
import { existingLearners } from '../managers/existing-learners.ts';
import { linkManagers } from '../managers/link-managers.ts';
import { keepLastOwners, type OwnersDeps } from '../owners/keep-last-owners.ts';
import { logEntryOf } from '../provisioning-log/log-entry-of.ts';
import { outcomeRowOf } from '../runs/outcome-row-of.ts';
import { joinDepartmentTeams } from '../teams/join-department-teams.ts';
import { leaveFormerTeams } from '../teams/leave-former-teams.ts';
import { learnerWrite } from './learner-write.ts';
import { type Plan, planState } from './plan-state.ts';

export interface ApplyRoundDeps extends RecordInvitationsDeps, OwnersDeps {
  readonly memberships: Model<MembershipDocument>;
  readonly teams: BulkWritable;
  readonly provisioningLog: BulkWritable;
  readonly outcomeRows: BulkWritable;
  readonly loadLearners: (ids: readonly string[]) => Promise<readonly LearnerDocument[]>;
  /** Writes learners unless they are newer; answers with the indexes of those that are. */
  readonly saveLearners: (writes: readonly GuardedWrite[]) => Promise<ReadonlySet<number>>;
  readonly clock: () => Date;
}

const idOf = (state: UserState) => learnerIdOf(state.organisationId, state.source, state.personId);

/**
 * Applies states of different people in bulk; answers with the states that were outdated. Effects come first, each
 * written once by learner or run, and the learner with its version last: whoever dies in between does the same again.
 *
 * Only one consumer owns a partition, but one that lost it may linger with a batch in hand. The new owner gets that
 * batch too, because it was not committed, so every effect of the lingerer is one that the owner writes, or has
 * written, under the same id. The learner is guarded by its version, and memberships follow the learner.
 */
export async function applyRound(deps: ApplyRoundDeps, states: readonly UserState[]): Promise<ReadonlySet<UserState>> {
  const stored = new Map((await deps.loadLearners(states.map(idOf))).map((learner) => [learner._id, learner]));
  const planned = states.flatMap((state) => planState(stored.get(idOf(state)), state) ?? []);
  const plans = await keepLastOwners(deps, planned);
  const now = deps.clock();

  const [writes] = await Promise.all([
    writesOf(deps, plans, now),
    joinDepartmentTeams(deps, plans),
    insertOnce(
      deps.provisioningLog,
      plans.flatMap((plan) => logEntryOf(plan, now)),
    ),
    insertOnce(deps.outcomeRows, plans.map(outcomeRowOf)),
    recordInvitations(deps, plans, now),
  ]);
  const refused = await deps.saveLearners(writes);
  // Whoever has just been created was in no team before.
  const known = plans.filter(({ stored: before }, index) => before ?? refused.has(index));
  await Promise.all([
    leaveFormerTeams(
      deps,
      known.map(({ learnerId }) => learnerId),
    ),
    linkManagers(deps.learners, plans),
  ]);

  const applied = new Set(plans.filter((_plan, index) => !refused.has(index)).map(({ state }) => state));
  return new Set(states.filter((state) => !applied.has(state)));
}

async function writesOf(deps: ApplyRoundDeps, plans: readonly Plan[], now: Date): Promise<GuardedWrite[]> {
  const managers = plans.flatMap(({ state }) =>
    state.managerId ? [learnerIdOf(state.organisationId, state.source, state.managerId)] : [],
  );
  const before = await existingLearners(deps.learners, managers);
  const inThisRound = new Set(plans.filter(({ state }) => state.active).map(({ learnerId }) => learnerId));
  const exists = (learnerId: string) => before.has(learnerId) || inThisRound.has(learnerId);
  return plans.map((plan) => learnerWrite(plan, { now, exists }));
}
