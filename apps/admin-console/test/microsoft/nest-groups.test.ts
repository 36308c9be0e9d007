import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type GroupNode, type GroupRow, nestGroups } from '../../src/microsoft/nest-groups.ts';

const row = (id: string, depth: number): GroupRow => ({ id, displayName: null, depth, people: 1, groups: 0 });

/** The tree as rows again: parent first, then what is below it. */
const flat = (nodes: readonly GroupNode[]): GroupRow[] =>
  nodes.flatMap(({ children, ...self }) => [self, ...flat(children)]);

/** Depths as a walk of a tree gives them: from 0, never more than a level deeper than the row before. */
const walks = fc
  .array(fc.nat(5), { maxLength: 30 })
  .map((steps) => steps.reduce<number[]>((depths, step) => [...depths, Math.min(step, (depths.at(-1) ?? -1) + 1)], []))
  .map((depths) => depths.map((depth, at) => row(`g${at}`, depth)));

describe('a tree of groups', () => {
  it('has every row once, in the order of the rows', () => {
    fc.assert(fc.property(walks, (rows) => expect(flat(nestGroups(rows))).toEqual(rows)));
  });

  it('has each row a level below the one that it belongs to', () => {
    const isRight =
      (depth: number) =>
      (node: GroupNode): boolean =>
        node.depth === depth && node.children.every(isRight(depth + 1));
    fc.assert(fc.property(walks, (rows) => expect(nestGroups(rows).every(isRight(0))).toBe(true)));
  });

  it('keeps a row whose parent is not shown', () => {
    expect(flat(nestGroups([row('a', 0), row('b', 2), row('c', 1)]))).toHaveLength(3);
  });
});
