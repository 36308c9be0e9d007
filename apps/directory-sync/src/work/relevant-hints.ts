import type { Hints } from '@learnamp/sync-state';
import type { RunContext } from '../runs/run-context.ts';

/**
 * Whether any of the hinted ids is a group of the tree, a person in it, or a person we know. The subscriptions are
 * tenant-wide, and most of what happens in a large tenant is none of ours.
 */
export async function areRelevant({ stores, organisation }: RunContext, hints: Hints): Promise<boolean> {
  if (hints.overflow) return true;
  const organisationId = organisation.id;
  const userIds = [...hints.userIds];
  const found =
    (await stores.groupNodes.exists({ organisationId, groupId: { $in: [...hints.groupIds] } })) ??
    (await stores.people.exists({ organisationId, personId: { $in: userIds } })) ??
    (await stores.groupNodes.exists({ organisationId, userIds: { $in: userIds } }));
  return found !== null;
}
