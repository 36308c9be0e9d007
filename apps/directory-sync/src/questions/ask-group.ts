import { closure, treeRows } from '@learnamp/directory';
import { getGroup, type GraphClient } from '@learnamp/graph-client';
import type { AnsweredGroup } from '@learnamp/sync-state';
import { walkGroups, type WalkOptions } from '../group-tree/walk-group-tree.ts';

// As many as a page can show; what is counted is all of it.
const ROWS = 100;

/** A group with whatever is nested in it, and how many people that comes to; null where there is none of that id. */
export async function askGroup(graph: GraphClient, groupId: string): Promise<AnsweredGroup | null> {
  const group = await getGroup(graph, groupId);
  if (!group) return null;
  const names = new Map([[group.id, group.displayName ?? '']]);
  const tree = await walkGroups(graph, [group.id], new Map(), { doubts: asRead, names });
  const { users, groups } = closure(tree, group.id);
  return {
    id: group.id,
    displayName: group.displayName,
    people: users.size,
    nested: groups.size - 1,
    tree: treeRows(tree, group.id, { names, most: ROWS }),
  };
}

/** Nothing follows from it but what is shown: lists are taken as they are read. */
const asRead: WalkOptions['doubts'] = { believed: (_groupId, members) => members };
