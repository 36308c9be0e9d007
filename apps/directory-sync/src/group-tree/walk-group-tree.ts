import type { DirectMembers, GroupTree } from '@learnamp/directory';
import {
  countMembers,
  getGroup,
  type GraphClient,
  GraphError,
  type GroupMembers,
  listMembers,
  type MemberRef,
} from '@learnamp/graph-client';
import { refusalOfMembers } from '../tenants/permission-missing.ts';
import type { ListsInDoubt } from './lists-in-doubt.ts';

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
  /** What is made of lists that are shorter than Graph's counts. */
  readonly doubts: Pick<ListsInDoubt, 'believed'>;
  /** The group without which there is nothing to read. */
  readonly rootId?: string;
  /** Called with each generation of groups before their members are read. */
  readonly beforeReading?: (groupIds: readonly string[]) => Promise<void>;
  readonly onProgress?: (groupsRead: number, groupsFound: number) => Promise<void>;
  /** Gets the names of groups that are read of, by id. */
  readonly names?: Map<string, string>;
}

/**
 * Reads the direct members of `start` and of every group nested in them that `known` doesn't have, one generation at a
 * time. Whole or not at all: a group that can't be read ends the walk with its error. A nested group that is gone counts
 * as empty; its former people are proved one by one before anything happens to them.
 * @throws RootGroupMissingError @throws PermissionMissingError @throws GraphError
 */
export async function walkGroups(
  graph: GraphClient,
  start: readonly string[],
  known: GroupTree,
  { doubts, rootId, beforeReading, onProgress, names }: WalkOptions,
): Promise<Map<string, DirectMembers>> {
  const found = new Map<string, DirectMembers>();
  let generation = [...new Set(start)];
  while (generation.length > 0) {
    await beforeReading?.(generation);
    const read = await listMembers(graph, generation);
    const counts = await countMembers(graph, generation);
    for (const [groupId, members] of read) {
      // It may go between the first look at it and the reading of its members: then too nobody has left.
      if (groupId === rootId && members.kind === 'not-found') throw new RootGroupMissingError(rootId);
      if (members.kind === 'error') throw await refusalOfMembers(graph, groupId, members.error);
      const shortBy = (counts.get(groupId) ?? 0) - numberOf(members);
      found.set(groupId, doubts.believed(groupId, directMembers(members), shortBy));
      if (members.kind === 'members') noteNames(members.members, names);
    }
    const children = generation.flatMap((groupId) => [...(found.get(groupId)?.groups ?? [])]);
    generation = [...new Set(children)].filter((groupId) => !found.has(groupId) && !known.has(groupId));
    await onProgress?.(found.size, found.size + generation.length);
  }
  return found;
}

/** Reads the whole tree below the root group. @throws RootGroupMissingError, PermissionMissingError, GraphError */
export async function walkFromRoot(graph: GraphClient, rootId: string, options: WalkOptions): Promise<GroupTree> {
  const root = await rootGroup(graph, rootId);
  if (!root) throw new RootGroupMissingError(rootId);
  if (root.displayName) options.names?.set(rootId, root.displayName);
  return walkGroups(graph, [rootId], new Map(), { ...options, rootId });
}

/** The organisation's own group; undefined where there is none. @throws PermissionMissingError @throws GraphError */
export async function rootGroup(graph: GraphClient, rootId: string) {
  try {
    return await getGroup(graph, rootId);
  } catch (error) {
    throw error instanceof GraphError ? await refusalOfMembers(graph, rootId, error) : error;
  }
}

function noteNames(members: readonly MemberRef[], names: Map<string, string> | undefined): void {
  for (const { id, displayName } of members) if (displayName) names?.set(id, displayName);
}

type ReadMembers = Exclude<GroupMembers, { kind: 'error' }>;

const numberOf = (read: ReadMembers) => (read.kind === 'members' ? read.members.length + read.ignored : 0);

function directMembers(read: ReadMembers): DirectMembers {
  if (read.kind === 'not-found') return { users: new Set(), groups: new Set() };
  const idsOf = (kind: 'user' | 'group') =>
    new Set(read.members.filter((member) => member.kind === kind).map((member) => member.id));
  return { users: idsOf('user'), groups: idsOf('group') };
}
