import { formatVersion } from '@learnamp/contracts';
import type { LearnerDocument, ManualSource, ProvisioningLogDocument } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import { applyRound, type ApplyRoundDeps } from '../apply-user-states/apply-round.ts';
import { noFields } from '../apply-user-states/no-fields.ts';
import { reviewConflicts } from '../conflicts/record-conflicts.ts';
import { inviteByHand, withdrawInvitation } from '../invitations/invite-by-hand.ts';
import { sameLink } from '../matching/link-learner.ts';
import { keysOfLearner } from '../matching/match-keys.ts';
import { isLastOwner } from '../owners/active-owners.ts';
import { shownChanges } from '../provisioning-log/field-changes.ts';
import { departmentTeamOf } from '../teams/department-team-of.ts';
import { joinTeams } from '../teams/join-department-teams.ts';
import { leaveFormerTeams } from '../teams/leave-former-teams.ts';
import type { ImportTarget } from './find-by-hand.ts';
import { shownByHand } from './shown-by-hand.ts';

interface WantedByHand extends ImportTarget {
  readonly manual: ManualSource;
}

type Written = 'written' | 'overtaken' | 'last-owner';

/**
 * Writes the manual source of a learner, and what follows from it. Effects first, as with states of the directory; the
 * learner last, if it is as it was read.
 */
export async function writeByHand(
  deps: ApplyRoundDeps,
  organisationId: string,
  wanted: WantedByHand,
): Promise<Written> {
  const { learnerId, stored } = wanted;
  const now = deps.clock();
  const after = learnerAfter(organisationId, wanted, now);
  const leaves = stored?.active === true && !after.active;
  if (leaves && (await isLastOwner(deps, organisationId, learnerId))) return 'last-owner';
  const department = after.active ? after.fields.department : null;
  await Promise.all([
    joinTeams(deps, [{ organisationId, learnerId, department }]),
    insertOnce(deps.provisioningLog, logEntries(after, wanted, now)),
    after.active && !stored?.active ? inviteByHand(deps, after, now) : undefined,
    leaves ? withdrawInvitation(deps, learnerId) : undefined,
  ]);
  if (!(await saved(deps, stored, after, leaves))) return 'overtaken';
  await leaveFormerTeams(deps, [learnerId]);
  const asking = await reviewConflicts(deps, [{ organisationId, learnerId }]);
  if (asking.length > 0) await applyRound(deps, asking);
  return 'written';
}

function learnerAfter(organisationId: string, { learnerId, stored, manual }: WantedByHand, now: Date): LearnerDocument {
  const { fields = noFields, customFields, sources = { microsoft: null }, formerLinks = [] } = stored ?? {};
  const after = { fields, ...(customFields ? { customFields } : {}), formerLinks, sources: { ...sources, manual } };
  const inScope = sources.microsoft?.active === true;
  const shown = inScope ? after : { ...after, ...shownByHand(after) };
  return {
    ...{ manager: null, sessionVersion: 1, createdAt: now, ...stored },
    ...{ _id: learnerId, organisationId, fields: shown.fields, sources: after.sources, updatedAt: now },
    ...(shown.customFields && Object.keys(shown.customFields).length > 0 ? { customFields: shown.customFields } : {}),
    active: inScope || manual.active,
    primaryTeamId: departmentTeamOf(organisationId, shown.fields.department)?._id ?? null,
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

/** False where the learner isn't what it was when it was read. */
async function saved(
  { learners }: Pick<ApplyRoundDeps, 'learners'>,
  stored: LearnerDocument | undefined,
  after: LearnerDocument,
  leaves: boolean,
): Promise<boolean> {
  if (!stored) {
    await insertOnce(learners, [after]);
    return true;
  }
  const { sources, active, fields, customFields, primaryTeamId, matchKeys, updatedAt } = after;
  const asRead = { ...sameLink(stored), 'sources.manual.version': stored.sources.manual?.version ?? null };
  const { matchedCount } = await learners.updateOne(
    { _id: stored._id, ...asRead },
    {
      $set: {
        ...{ 'sources.manual': sources.manual, active, fields, primaryTeamId, matchKeys, updatedAt },
        ...(customFields ? { customFields } : {}),
      },
      ...(active ? { $unset: { keptAsLastOwner: true } } : {}),
      ...(leaves ? { $inc: { sessionVersion: 1 } } : {}),
    },
  );
  return matchedCount === 1;
}
