import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { closure, type DirectMembers, type GroupTree, pathTo, treeRows } from '../../src/index.ts';

const groupIds = ['g0', 'g1', 'g2', 'g3', 'g4', 'g5'];
const userIds = ['u0', 'u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7'];

const subset = (ids: readonly string[]) => fc.uniqueArray(fc.constantFrom(...ids));
const members: fc.Arbitrary<DirectMembers> = fc
  .tuple(subset(userIds), subset(groupIds))
  .map(([users, groups]) => ({ users: new Set(users), groups: new Set(groups) }));
/** Any membership at all, cycles and groups that contain themselves included. */
const trees: fc.Arbitrary<GroupTree> = fc
  .tuple(...groupIds.map((id) => fc.tuple(fc.constant(id), members)))
  .map((nodes) => new Map(nodes));

/** The oracle: grows the set of reached groups by whole rounds until nothing is added. */
function reachedGroups(tree: GroupTree, root: string): Set<string> {
  let reached = new Set([root]);
  for (;;) {
    const grown = new Set([...reached].flatMap((id) => [id, ...(tree.get(id)?.groups ?? [])]));
    if (grown.size === reached.size) return reached;
    reached = grown;
  }
}

describe('closure', () => {
  it('reaches exactly the users of all groups that can be reached, whatever the cycles', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const groups = reachedGroups(tree, 'g0');
        const users = new Set([...groups].flatMap((id) => [...(tree.get(id)?.users ?? [])]));

        const result = closure(tree, 'g0');

        expect(result.groups).toEqual(groups);
        expect(result.users).toEqual(users);
      }),
    );
  });

  it('takes a group that is not in the tree for empty', () => {
    const tree = new Map([['root', { users: new Set(['u']), groups: new Set(['gone']) }]]);

    expect([...closure(tree, 'root').users]).toEqual(['u']);
  });
});

/** In how many rounds the person is reached; each adds the groups that are in those of the round before. */
function distance(tree: GroupTree, root: string, userId: string): number {
  let groups = [root];
  for (let round = 1; round <= tree.size; round += 1) {
    if (groups.some((id) => tree.get(id)?.users.has(userId))) return round;
    groups = groups.flatMap((id) => [...(tree.get(id)?.groups ?? [])]);
    groups = [...new Set(groups)];
  }
  return 0;
}

describe('pathTo', () => {
  it('gives none that is longer than it needs to be', () => {
    fc.assert(
      fc.property(trees, fc.constantFrom(...userIds), (tree, userId) => {
        expect(pathTo(tree, 'g0', userId)?.length ?? 0).toBe(distance(tree, 'g0', userId));
      }),
    );
  });

  it('gives a chain of direct memberships to exactly those who are in the closure', () => {
    fc.assert(
      fc.property(trees, fc.constantFrom(...userIds), (tree, userId) => {
        const path = pathTo(tree, 'g0', userId);

        expect(path !== undefined).toBe(closure(tree, 'g0').users.has(userId));
        for (const [index, groupId] of (path ?? []).entries()) {
          const child = path?.[index + 1];
          if (child === undefined) expect(tree.get(groupId)?.users.has(userId)).toBe(true);
          else expect(tree.get(groupId)?.groups.has(child)).toBe(true);
        }
        if (path) expect(path[0]).toBe('g0');
      }),
    );
  });
});

describe('treeRows', () => {
  it('shows every group that can be reached once, the root first, whatever the cycles', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const rows = treeRows(tree, 'g0', { names: new Map(), most: 100 });

        expect(rows[0]).toMatchObject({ id: 'g0', depth: 0 });
        expect(rows.map(({ id }) => id).sort()).toEqual([...closure(tree, 'g0').groups].sort());
      }),
    );
  });

  it('shows a group below the one that it is met in, by its name, and no more than are wanted', () => {
    const none = new Set<string>();
    const tree: GroupTree = new Map([
      ['g0', { users: new Set(['u0']), groups: new Set(['g1', 'g2']) }],
      ['g1', { users: new Set(['u0', 'u1']), groups: new Set(['g2', 'g0']) }],
      ['g2', { users: none, groups: none }],
    ]);
    const names = new Map([['g1', 'Engines']]);

    expect(treeRows(tree, 'g0', { names, most: 100 })).toEqual([
      { id: 'g0', displayName: null, depth: 0, people: 1, groups: 2 },
      { id: 'g1', displayName: 'Engines', depth: 1, people: 2, groups: 2 },
      { id: 'g2', displayName: null, depth: 2, people: 0, groups: 0 },
    ]);
    expect(treeRows(tree, 'g0', { names, most: 2 })).toHaveLength(2);
  });
});
