import type { LearnerAction, LearnerCommand } from '@learnamp/contracts';
import { erasureId } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import { applyRound } from '../apply-user-states/apply-round.ts';
import type { Collections } from '../collections.ts';
import type { CommandResult } from '../commands/command-result.ts';
import { reviewConflicts } from '../conflicts/record-conflicts.ts';
import type { ManualCommandDeps } from '../manual-source/manual-commands.ts';
import { isNeededOwner, neededOwner } from '../owners/active-owners.ts';
import { forgetPeople } from './forget-people.ts';

export type ErasureDeps = ManualCommandDeps & Collections;

type Command = Omit<LearnerCommand, 'action'>;
type EraseAction = Extract<LearnerAction, { kind: 'erase' }>;

/** Erases somebody. What keeps late events away comes first, so that none can slip in behind what was removed. */
export async function erasePerson(
  deps: ErasureDeps,
  { organisationId, commandId }: Command,
  { learnerId, people }: EraseAction,
): Promise<CommandResult> {
  if (learnerId !== undefined && (await isNeededOwner(deps, organisationId, learnerId))) return neededOwner;
  const at = deps.clock();
  await insertOnce(
    deps.erasures,
    people.map((_id) => ({ _id, organisationId, commandId, at })),
  );
  const learnerIds = learnerId === undefined ? [] : [learnerId];
  const personIds = await personIdsOf(deps, organisationId, new Set(people));
  await forgetPeople(deps, { organisationId, learnerIds, personIds });
  // Others may have waited because of this learner.
  const asking = await reviewConflicts(
    deps,
    learnerIds.map((id) => ({ organisationId, learnerId: id })),
  );
  if (asking.length > 0) await applyRound(deps, asking);
  return { count: 1 };
}

/** Lets somebody come again who was erased. What is said of them from now on makes them a learner like anybody. */
export async function liftErasure(
  { erasures }: Pick<ErasureDeps, 'erasures'>,
  { organisationId }: Command,
  people: readonly string[],
): Promise<CommandResult> {
  const { deletedCount } = await erasures.deleteMany({ organisationId, _id: { $in: people } });
  return deletedCount === 0 ? { refused: 'Nobody of that id was erased.' } : { count: deletedCount };
}

/** The object ids of people, who are known here by a hash of theirs alone: whoever has left a trace is compared with it. */
async function personIdsOf(deps: Collections, organisationId: string, people: ReadonlySet<string>): Promise<string[]> {
  const { learners, photos, conflicts, outcomeRows, provisioningLog } = deps;
  const places = [
    ...[photos, conflicts, outcomeRows, provisioningLog].map(({ collection }) => ({ collection, at: 'personId' })),
    ...['sources.microsoft.personId', 'formerLinks.personId'].map((at) => ({ collection: learners.collection, at })),
  ];
  const found = new Set<string>();
  for (const { collection, at } of places) {
    const each = [
      { $match: { organisationId } },
      { $unwind: `$${at.split('.', 1)[0]}` },
      { $group: { _id: `$${at}` } },
    ];
    for await (const { _id } of collection.aggregate<{ _id: unknown }>(each)) {
      if (typeof _id === 'string' && people.has(erasureId(organisationId, _id))) found.add(_id);
    }
  }
  return [...found];
}
