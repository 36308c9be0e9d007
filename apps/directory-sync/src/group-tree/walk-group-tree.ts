import type { DirectMembers, GroupTree } from '@learnamp/directory';
import { getGroup, type GraphClient, type GroupMembers, listMembers } from '@learnamp/graph-client';

/** The designated group can't be found. It may be deleted, or the id wrong; either way nobody is removed for it. */
export class RootGroupMissingError extends Error {
  readonly code = 'root-group-missing';
  readonly retriable = false;

  constructor(groupId: string) {
    super(`the group ${groupId} is not in the directory: check the group's Object ID in the settings`);
    this.name = 'RootGroupMissingError';
  }
}

export interface WalkOptions {
  /** The group without which there is nothing to read. */
  readonly rootId?: string;
  /** Called with each generation of groups before their members are read. */
  readonly beforeReading?: (groupIds: readonly string[]) => Promise<void>;
  readonly onProgress?: (groupsRead: number, groupsFound: number) => Promise<void>;
}

/**
 * Reads the direct members of `start` and of every group nested in them that `known` doesn't have, one generation at a
 * time. Whole or not at all: a group that can't be read ends the walk with its error. A nested group that is gone counts
 * as empty; its former people are proved one by one before anything happens to them.
 * @throws RootGroupMissingError @throws GraphError
 */
export async function walkGroups(
  graph: GraphClient,
  start: readonly string[],
  known: GroupTree = new Map(),
  { rootId, beforeReading, onProgress }: WalkOptions = {},
): Promise<Map<string, DirectMembers>> {
  const found = new Map<string, DirectMembers>();
  let generation = [...new Set(start)];
  while (generation.length > 0) {
    await beforeReading?.(generation);
    const read = await listMembers(graph, generation);
    for (const [groupId, members] of read) {
      // It may go between the first look at it and the reading of its members: then too nobody has left.
      if (groupId === rootId && members.kind === 'not-found') throw new RootGroupMissingError(rootId);
      found.set(groupId, directMembers(members));
    }
    const children = generation.flatMap((groupId) => [...(found.get(groupId)?.groups ?? [])]);
    generation = [...new Set(children)].filter((groupId) => !found.has(groupId) && !known.has(groupId));
    await onProgress?.(found.size, found.size + generation.length);
  }
  return found;
}

/** Reads the whole tree below the root group. @throws RootGroupMissingError @throws GraphError */
export async function walkFromRoot(graph: GraphClient, rootId: string, options: WalkOptions): Promise<GroupTree> {
  if (!(await getGroup(graph, rootId))) throw new RootGroupMissingError(rootId);
  return walkGroups(graph, [rootId], new Map(), { ...options, rootId });
}

function directMembers(read: GroupMembers): DirectMembers {
  if (read.kind === 'error') throw read.error;
  if (read.kind === 'not-found') return { users: new Set(), groups: new Set() };
  const idsOf = (kind: 'user' | 'group') =>
    new Set(read.members.filter((member) => member.kind === kind).map((member) => member.id));
  return { users: idsOf('user'), groups: idsOf('group') };
}
