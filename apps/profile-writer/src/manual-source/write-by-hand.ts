import { formatVersion } from '@learnamp/contracts';
import type { LearnerDocument, ManualSource, ProvisioningLogDocument } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import { applyRound, type ApplyRoundDeps } from '../apply-user-states/apply-round.ts';
import { noFields } from '../apply-user-states/no-fields.ts';
import { reviewConflicts } from '../conflicts/record-conflicts.ts';
import { inviteByHand, withdrawInvitations } from '../invitations/invite-by-hand.ts';
import { keysOfLearner } from '../matching/match-keys.ts';
import { neededOwner, neededOwnersAmong } from '../owners/active-owners.ts';
import { shownChanges } from '../provisioning-log/field-changes.ts';
import { departmentTeamOf } from '../teams/department-team-of.ts';
import { joinTeams } from '../teams/join-department-teams.ts';
import { leaveFormerTeams } from '../teams/leave-former-teams.ts';
import { type Merges, readMerges } from '../teams/read-merges.ts';
import type { ImportTarget } from './find-by-hand.ts';
import type { CommandResults } from './manual-commands.ts';
import { saveLearners } from './save-learners.ts';
import { shownByHand } from './shown-by-hand.ts';

/** What is to be said by hand of a learner, by a command. */
export interface WantedByHand extends ImportTarget {
  readonly manual: ManualSource;
}

interface Change extends WantedByHand {
  readonly after: LearnerDocument;
  readonly leaves: boolean;
}

/**
 * Writes the manual sources of different learners, and what follows from it. Effects first, as with states of the
 * directory; the learners last, each if it is as it was read. Answers by command; who was overtaken is missing.
 */
export async function writeByHand(
  deps: ApplyRoundDeps,
  organisationId: string,
  wanted: readonly WantedByHand[],
): Promise<CommandResults> {
  if (wanted.length === 0) return new Map();
  const now = deps.clock();
  const profiles = wanted.map((one) => ({ ...one, profile: learnerAfter(organisationId, one, now) }));
  // Commands of an organisation come one after the other, so nothing is merged in between.
  const merges = await readMerges(
    deps.teams,
    profiles.map(({ profile: { fields } }) => ({ organisationId, department: fields.department })),
  );
  const all = profiles.map((one) => changeOf(one, merges));
  const staying = await neededOwnersAmong(deps, organisationId, all);
  const changes = all.filter(({ learnerId }) => !staying.has(learnerId));
  await writeEffects(deps, changes, { now, merges });
  const overtaken = await saveLearners(deps, changes);
  const written = changes.filter(({ learnerId }) => !overtaken.has(learnerId));
  await follow(deps, organisationId, written);
  const resultOf = ({ learnerId }: Change) => (staying.has(learnerId) ? neededOwner : { count: 1 });
  return new Map(
    all.flatMap((one) => (overtaken.has(one.learnerId) ? [] : [[one.manual.commandId, resultOf(one)] as const])),
  );
}

type Profile = Omit<LearnerDocument, 'primaryTeamId'>;

function changeOf({ profile, ...wanted }: WantedByHand & { readonly profile: Profile }, merges: Merges): Change {
  const team = departmentTeamOf(profile.organisationId, profile.fields.department, merges);
  const after = { ...profile, primaryTeamId: team?._id ?? null };
  return { ...wanted, after, leaves: wanted.stored?.active === true && !after.active };
}

async function writeEffects(
  deps: ApplyRoundDeps,
  changes: readonly Change[],
  { now, merges }: { readonly now: Date; readonly merges: Merges },
): Promise<void> {
  const members = changes.map(({ after: { _id: learnerId, organisationId, active, fields } }) => ({
    ...{ organisationId, learnerId, department: active ? fields.department : null },
  }));
  const coming = changes.filter(({ after, stored }) => after.active && !stored?.active);
  const leaving = changes.filter(({ leaves }) => leaves);
  await Promise.all([
    joinTeams(deps, members, merges),
    insertOnce(
      deps.provisioningLog,
      changes.flatMap((change) => logEntries(change.after, change, now)),
    ),
    inviteByHand(
      deps,
      coming.map(({ after }) => after),
      now,
    ),
    withdrawInvitations(
      deps,
      leaving.map(({ learnerId }) => learnerId),
    ),
  ]);
}

async function follow(deps: ApplyRoundDeps, organisationId: string, written: readonly Change[]): Promise<void> {
  const learnerIds = written.map(({ learnerId }) => learnerId);
  await leaveFormerTeams(deps, learnerIds);
  const asking = await reviewConflicts(
    deps,
    learnerIds.map((learnerId) => ({ organisationId, learnerId })),
  );
  if (asking.length > 0) await applyRound(deps, asking);
}

function learnerAfter(organisationId: string, { learnerId, stored, manual }: WantedByHand, now: Date): Profile {
  const { fields = noFields, customFields, sources = { microsoft: null }, formerLinks = [] } = stored ?? {};
  const after = { fields, ...(customFields ? { customFields } : {}), formerLinks, sources: { ...sources, manual } };
  const inScope = sources.microsoft?.active === true;
  const shown = inScope ? after : { ...after, ...shownByHand(after) };
  return {
    ...{ manager: null, sessionVersion: 1, createdAt: now, ...stored },
    ...{ _id: learnerId, organisationId, fields: shown.fields, sources: after.sources, updatedAt: now },
    ...(shown.customFields && Object.keys(shown.customFields).length > 0 ? { customFields: shown.customFields } : {}),
    active: inScope || manual.active,
    matchKeys: keysOfLearner(shown),
  };
}

function logEntries(
  after: LearnerDocument,
  { learnerId, stored, manual }: WantedByHand,
  at: Date,
): ProvisioningLogDocument[] {
  const { organisationId, active } = after;
  const { fields = noFields, customFields } = stored ?? {};
  const changes = [
    ...(stored?.active === active ? [] : [{ field: 'active', old: stored?.active ?? null, new: active }]),
    ...shownChanges(
      { fields, ...(customFields ? { customFields } : {}) },
      { ...after, customFields: after.customFields ?? {} },
    ),
  ];
  if (changes.length === 0) return [];
  return [
    {
      _id: `${learnerId}:manual:${manual.version}`,
      ...{ organisationId, learnerId, personId: stored?.sources.microsoft?.personId ?? '' },
      ...{ runId: manual.commandId, version: formatVersion({ epoch: 0, sequence: manual.version }), at, changes },
      action: actionOf(stored, active),
      removal: null,
    },
  ];
}

function actionOf(stored: LearnerDocument | undefined, active: boolean): ProvisioningLogDocument['action'] {
  if (!stored) return 'created';
  if (stored.active === active) return 'updated';
  return active ? 'reactivated' : 'deactivated';
}
