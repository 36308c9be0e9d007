import type { LearnerCommand } from '@learnamp/contracts';
import type { Collections } from '../collections.ts';
import type { CommandResult } from '../commands/command-result.ts';

export type ClearAppliedDeps = Pick<Collections, 'learners' | 'conflicts' | 'photos'>;

// What Graph never says. Without any etag, a photo that the directory hasn't any more would be left where it is.
const CLEARED = 'cleared';

/**
 * Clears the marks by which a full run sees that a person is as wanted: the hashes and etags of what is applied. Versions
 * stay, so that nothing older than what is applied can come back.
 */
export async function clearApplied(
  { learners, conflicts, photos }: ClearAppliedDeps,
  { organisationId }: Pick<LearnerCommand, 'organisationId'>,
): Promise<CommandResult> {
  const people = await learners.updateMany(
    { organisationId, 'sources.microsoft.personId': { $type: 'string' } },
    { $set: { 'sources.microsoft.hash': '' } },
  );
  await conflicts.updateMany({ organisationId, state: { $ne: 'settled' } }, { $set: { 'said.hash': '' } });
  await photos.updateMany({ organisationId, etag: { $type: 'string' } }, { $set: { etag: CLEARED } });
  return { count: people.matchedCount };
}
