import type { UserState } from '@learnamp/contracts';
import type { MembershipDocument, ProvisioningLogDocument, TeamDocument } from '@learnamp/learners';
import { type BulkWritable, type GuardedWrite, insertOnce } from '@learnamp/mongo';
import type { Model } from 'mongoose';
import {
  type ConflictsDeps,
  forgetConflicts,
  recordConflicts,
  reviewConflicts,
} from '../conflicts/record-conflicts.ts';
import { recordInvitations, type RecordInvitationsDeps } from '../invitations/record-invitations.ts';
import { type LearnerOf, learnersOf } from '../managers/learners-of.ts';
import { linkManagers } from '../managers/link-managers.ts';
import { type Placement, placeStates, type PlaceStatesDeps } from '../matching/place-states.ts';
import { keepLastOwners, type OwnersDeps } from '../owners/keep-last-owners.ts';
import { logEntryOf } from '../provisioning-log/log-entry-of.ts';
import { outcomeRowOf } from '../runs/outcome-row-of.ts';
import { departmentsOf, followMerges } from '../teams/follow-merges.ts';
import { joinDepartmentTeams } from '../teams/join-department-teams.ts';
import { leaveFormerTeams } from '../teams/leave-former-teams.ts';
import { type Merges, readMerges } from '../teams/read-merges.ts';
import { learnerWrite } from './learner-write.ts';
import { type Plan, planState } from './plan-state.ts';

export interface ApplyRoundDeps extends RecordInvitationsDeps, OwnersDeps, PlaceStatesDeps, ConflictsDeps {
  readonly memberships: Model<MembershipDocument>;
  readonly teams: Model<TeamDocument>;
  readonly provisioningLog: Model<ProvisioningLogDocument>;
  readonly outcomeRows: BulkWritable;
  /** Writes learners unless they are newer; answers with the indexes of those that are. */
  readonly saveLearners: (writes: readonly GuardedWrite[]) => Promise<ReadonlySet<number>>;
  readonly clock: () => Date;
}

/**
 * Applies states of different people in bulk; answers with the states that were outdated. Effects come first, each
 * written once by learner or run, and the learner with its version last: whoever dies in between does the same again.
 *
 * Only one consumer owns a partition, but one that lost it may linger with a batch in hand. The new owner gets that
 * batch too, because it was not committed, so every effect of the lingerer is one that the owner writes, or has
 * written, under the same id. The learner is guarded by its version, and memberships follow the learner.
 *
 * What is to be asked again is applied after the others: states of people who may be the same as one of these, of people
 * whose learner a command changed in the meantime, and of people who waited because of one of these learners.
 */
export async function applyRound(deps: ApplyRoundDeps, states: readonly UserState[]): Promise<ReadonlySet<UserState>> {
  const placement = await placeStates(deps, states);
  const { plans, refused } = await applyPlaced(deps, placement);
  const linkedSince = await applyUnplaced(deps, placement);
  const again = onePerPerson([
    ...(await reviewConflicts(
      deps,
      plans.map(({ state: { organisationId, personId }, learnerId }) => ({ organisationId, personId, learnerId })),
    )),
    ...[...placement.later, ...refused, ...linkedSince],
  ]);
  const applied = new Set([...plans.map(({ state }) => state), ...placement.waiting.map(({ state }) => state)]);
  const decided = new Set([...applied, ...placement.nobodys, ...again]);
  const outdated = states.filter((state) => !decided.has(state));
  return new Set([...outdated, ...(again.length > 0 ? await applyRound(deps, again) : [])]);
}

/** Of several states of one person the last of the list, which is the newest. */
const onePerPerson = (states: readonly UserState[]): UserState[] => [
  ...new Map(states.map((state) => [`${state.organisationId}\n${state.personId}`, state])).values(),
];

/** Applies the states whose learner is known; those that are `refused` met a learner that had changed since it was read. */
async function applyPlaced(deps: ApplyRoundDeps, { placed }: Placement) {
  const plans = await keepLastOwners(
    deps,
    placed.flatMap((one) => planState(one) ?? []),
  );
  const now = deps.clock();
  const merges = await readMerges(deps.teams, departmentsOf(plans));
  const [writes] = await Promise.all([
    writesOf(deps, plans, { now, merges }),
    joinDepartmentTeams(deps, plans, merges),
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
  await followMerges(deps, plans, merges);
  const at = (isRefused: boolean) => plans.filter((_plan, index) => refused.has(index) === isRefused);
  return { plans: at(false), refused: at(true).map(({ state }) => state) };
}

/**
 * Notes who waits, and who does no longer. Answers with the states of those whom a command has linked in the meantime: it
 * may have seen the state before.
 */
async function applyUnplaced(deps: ApplyRoundDeps, { waiting, nobodys }: Placement): Promise<UserState[]> {
  await Promise.all([recordConflicts(deps, waiting, deps.clock()), forgetConflicts(deps, nobodys)]);
  if (waiting.length === 0) return [];
  const states = waiting.map(({ state }) => state);
  const learnerOf = await learnersOf(deps.learners, states);
  return states.filter(({ organisationId, personId }) => learnerOf(organisationId, personId) !== null);
}

async function writesOf(
  deps: ApplyRoundDeps,
  plans: readonly Plan[],
  context: { readonly now: Date; readonly merges: Merges },
): Promise<GuardedWrite[]> {
  const managers = plans.flatMap(({ state: { organisationId, managerId } }) =>
    managerId ? [{ organisationId, personId: managerId }] : [],
  );
  const before = await learnersOf(deps.learners, managers);
  const inThisRound = new Map(
    plans
      .filter(({ state }) => state.active)
      .map(({ state, learnerId }) => [`${state.organisationId}\n${state.personId}`, learnerId]),
  );
  const learnerOf: LearnerOf = (organisationId, personId) =>
    inThisRound.get(`${organisationId}\n${personId}`) ?? before(organisationId, personId);
  return plans.map((plan) => learnerWrite(plan, { ...context, learnerOf }));
}
