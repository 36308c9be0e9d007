import type { LearnerAction, LearnerCommand, UserState } from '@learnamp/contracts';
import { type ConflictDocument, conflictId, type LearnerDocument, learnerIdOf } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import { applyRound } from '../apply-user-states/apply-round.ts';
import { noFields } from '../apply-user-states/no-fields.ts';
import type { CommandResult } from '../commands/command-result.ts';
import type { ManualCommandDeps } from '../manual-source/manual-commands.ts';
import { freshLinkTo, linkLearner } from '../matching/link-learner.ts';
import { stateOfLink } from '../matching/state-of-link.ts';

type Command = Omit<LearnerCommand, 'action'>;
type Answer = Extract<LearnerAction, { kind: 'resolve-conflict' }>;

/**
 * Carries out an answer to a row of the inbox. The answer is noted first; then the person gets a learner, and the state
 * that waited is applied as any other is. A command that comes again finds its own answer and does what is left to do.
 */
export async function resolveConflict(
  deps: ManualCommandDeps,
  command: Command,
  { answer, learnerId, ...action }: Answer,
): Promise<CommandResult> {
  const { organisationId, commandId, requestedBy } = command;
  const id = conflictId(organisationId, action.personId.toLowerCase());
  const row = await deps.conflicts.findById(id).lean();
  const isOurs = row?.answer?.commandId === commandId;
  if (!row || (row.state === 'settled' && !isOurs)) return { refused: 'Nobody waits here for an answer any more.' };
  if (await deps.commandOutcomes.exists({ _id: commandId })) return { count: 1 };
  const target = answer === 'link' ? row.candidates.find((candidate) => candidate.learnerId === learnerId) : null;
  if (target === undefined) return { refused: 'The learner is none of the candidates.' };
  const noted = { commandId, by: requestedBy, learnerId: target?.learnerId ?? null, at: deps.clock() };
  await deps.conflicts.updateOne(
    { _id: id, state: { $ne: 'settled' } },
    { $set: { answer: noted, ...(answer === 'ignore' ? { state: 'ignored' } : {}) } },
  );
  if (answer === 'ignore') return { count: 1 };
  const replaced = await giveLearner(deps, row, { learnerId: target?.learnerId ?? null, commandId });
  if (replaced === undefined) return { refused: 'There is no such learner any more.' };
  // Read again: a newer state may have come before the person had a learner.
  const { said } = (await deps.conflicts.findById(id).lean()) ?? row;
  await applyRound(deps, [said, ...replaced]);
  return { count: 1 };
}

/** Answers with the state of the person whose link the new one replaced, where they are active: they are asked about. */
async function giveLearner(
  deps: ManualCommandDeps,
  { said }: ConflictDocument,
  { learnerId, commandId }: { readonly learnerId: string | null; readonly commandId: string },
): Promise<readonly UserState[] | undefined> {
  if (learnerId === null) {
    await makePlace(deps, said, commandId);
    return [];
  }
  const { organisationId, personId } = said;
  for (;;) {
    const learner = await deps.learners.findOne({ _id: learnerId, organisationId, tombstone: { $ne: true } }).lean();
    if (!learner) return undefined;
    const { microsoft } = learner.sources;
    if (microsoft?.personId === personId) return [];
    if (await linkLearner(deps.learners, learner, said)) {
      return microsoft?.active ? [stateOfLink(microsoft, { organisationId, runId: commandId })] : [];
    }
  }
}

/** Makes the place of a learner of one's own: a tombstone of nothing, which the state that is applied next fills. */
async function makePlace({ learners, clock }: ManualCommandDeps, said: UserState, commandId: string): Promise<void> {
  const { organisationId, personId, source } = said;
  const own = { organisationId, 'sources.microsoft.personId': personId };
  const { matchedCount } = await learners.updateOne(
    { ...own, tombstone: true },
    { $set: { 'sources.microsoft': freshLinkTo(said) } },
  );
  if (matchedCount > 0 || (await learners.exists(own))) return;
  const usual = learnerIdOf(organisationId, source, personId);
  const isTaken = await learners.exists({ _id: usual });
  const now = clock();
  const place: LearnerDocument = {
    _id: isTaken ? learnerIdOf(organisationId, source, `${personId}:${commandId}`) : usual,
    ...{ organisationId, active: false, fields: noFields, tombstone: true, manager: null, primaryTeamId: null },
    ...{ sources: { microsoft: freshLinkTo(said) }, sessionVersion: 1, createdAt: now, updatedAt: now },
  };
  await insertOnce(learners, [place]);
}
