import { formatVersion, type LearnerCommand } from '@learnamp/contracts';
import type { LearnerDocument, MicrosoftSource, ProvisioningLogDocument } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import { applyRound } from '../apply-user-states/apply-round.ts';
import type { CommandResult } from '../commands/command-result.ts';
import type { ManualCommandDeps } from '../manual-source/manual-commands.ts';
import { shownByHand } from '../manual-source/shown-by-hand.ts';
import { formerLinkOf, sameLink } from '../matching/link-learner.ts';
import { keysOfLearner } from '../matching/match-keys.ts';
import { stateOfLink } from '../matching/state-of-link.ts';
import { isNeededOwner, neededOwner } from '../owners/active-owners.ts';
import { departmentTeamOf } from '../teams/department-team-of.ts';
import { leaveFormerTeams } from '../teams/leave-former-teams.ts';
import { readMerges } from '../teams/read-merges.ts';
import { recordConflicts, reviewConflicts } from './record-conflicts.ts';

type Command = Omit<LearnerCommand, 'action'>;

/**
 * Ends a learner's link to a person of the directory, who turned out to be somebody else. The learner goes on by hand, or
 * not at all; the person waits in the inbox until somebody says who they are.
 */
export async function unlinkLearner(
  deps: ManualCommandDeps,
  { organisationId, commandId }: Command,
  learnerId: string,
): Promise<CommandResult> {
  for (;;) {
    const learner = await deps.learners.findOne({ _id: learnerId, organisationId, tombstone: { $ne: true } }).lean();
    if (!learner) return { refused: 'There is no such learner.' };
    if (await deps.commandOutcomes.exists({ _id: commandId })) return { count: 1 };
    const ended = learner.formerLinks?.find((link) => link.commandId === commandId);
    const { microsoft } = learner.sources;
    if (!ended && !microsoft) return { refused: 'The learner is linked to nobody in the directory.' };
    if (!ended && microsoft) {
      if (await leavesNoOwner(deps, learner)) return neededOwner;
      if (!(await endLink(deps, learner, microsoft, commandId))) continue;
    }
    await afterLink(deps, organisationId, learnerId, ended?.personId ?? microsoft?.personId ?? '');
    return { count: 1 };
  }
}

const leavesNoOwner = async (deps: ManualCommandDeps, { _id, organisationId, sources }: LearnerDocument) =>
  !sources.manual?.active && (await isNeededOwner(deps, organisationId, _id));

/** False where the learner changed since it was read. The person's row comes first, so that nobody is lost in between. */
async function endLink(
  deps: ManualCommandDeps,
  learner: LearnerDocument,
  microsoft: MicrosoftSource,
  commandId: string,
): Promise<boolean> {
  const { _id: learnerId, organisationId, sources } = learner;
  const now = deps.clock();
  if (microsoft.active) {
    const candidates = [{ learnerId, by: ['objectId'] as const }];
    const state = stateOfLink(microsoft, { organisationId, runId: commandId });
    await recordConflicts(
      deps,
      [{ state, question: { kind: 'conflict', conflict: 'rehire', candidates }, row: undefined }],
      now,
    );
  }
  const entry: ProvisioningLogDocument = {
    _id: `${learnerId}:${commandId}`,
    ...{ organisationId, learnerId, personId: microsoft.personId, runId: commandId, at: now, removal: null },
    version: formatVersion({ epoch: 0, sequence: 0 }),
    action: 'unlinked',
    changes: [{ field: 'microsoft', old: microsoft.personId, new: null }],
  };
  await insertOnce(deps.provisioningLog, [entry]);
  const without = learnerWithout(learner, microsoft, commandId);
  const { department } = without.fields;
  const merges = await readMerges(deps.teams, [{ organisationId, department }]);
  const primaryTeamId = departmentTeamOf(organisationId, department, merges)?._id ?? null;
  const { matchedCount } = await deps.learners.updateOne(
    { _id: learnerId, ...sameLink(learner), 'sources.manual.version': sources.manual?.version ?? null },
    {
      $set: { ...without, primaryTeamId, updatedAt: now },
      $unset: { keptAsLastOwner: true },
      // Whoever is signed in may be the other person.
      $inc: { sessionVersion: 1 },
    },
  );
  return matchedCount === 1;
}

function learnerWithout(learner: LearnerDocument, microsoft: MicrosoftSource, commandId: string) {
  const { sources } = learner;
  const { manual } = sources;
  const formerLinks = [...(learner.formerLinks ?? []), formerLinkOf(microsoft, 'unlinked', commandId)];
  const bare = { ...learner, sources: { ...sources, microsoft: null }, formerLinks };
  const { fields } = manual ? shownByHand(bare) : learner;
  return {
    active: manual?.active === true,
    'sources.microsoft': null,
    formerLinks,
    fields,
    matchKeys: keysOfLearner({ ...bare, fields }),
  };
}

/** What depends on the link: teams, whoever has the person as manager, and the questions that concern the learner. */
async function afterLink(deps: ManualCommandDeps, organisationId: string, learnerId: string, personId: string) {
  await leaveFormerTeams(deps, [learnerId]);
  await deps.learners.updateMany(
    { organisationId, 'manager.personId': personId, 'manager.learnerId': learnerId },
    { $set: { 'manager.learnerId': null } },
  );
  const asking = await reviewConflicts(deps, [{ organisationId, learnerId }]);
  if (asking.length > 0) await applyRound(deps, asking);
}
