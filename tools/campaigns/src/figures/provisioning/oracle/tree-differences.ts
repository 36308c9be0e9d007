import type { DirectoryReads } from '@learnamp/entra-emulator';
import type { GroupNode } from '@learnamp/sync-state';
import { reached } from './expected-people.ts';

/** Who is under the group by the tree that directory-sync keeps and not by the directory, or the other way round. */
export function treeDifferences(directory: DirectoryReads, rootId: string, nodes: readonly GroupNode[]): string[] {
  const kept = new Map(nodes.map(({ groupId, userIds, groupIds }) => [groupId, [...userIds, ...groupIds]]));
  const isThere = (id: string) => directory.find(id) !== undefined;
  // Who is in the recycle bin is a member nowhere, and a tree may still have them.
  const byTree = reached(rootId, (id) => (isThere(id) ? kept.get(id) : undefined));
  const byDirectory = reached(rootId, (id) =>
    directory.find(id)?.kind === 'group' ? directory.memberIds(id) : undefined,
  );
  const users = [...new Set([...byTree, ...byDirectory])].filter((id) => directory.find(id)?.kind === 'user');
  return users
    .filter((id) => byTree.has(id) !== byDirectory.has(id))
    .map((id) => `${id} is ${byTree.has(id) ? '' : 'not '}in the tree`);
}
