import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isUnder, parentsOf, type Placed, type TeamNode, treeOf } from '../../src/teams/tree-of.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Any teams: below each other, below themselves, in circles, and below teams that aren't there. */
const anyTeams = fc.uniqueArray(
  fc.record({ id: fc.constantFrom(...ids), parentId: fc.option(fc.constantFrom(...ids, 'gone')) }),
  { selector: ({ id }) => id },
);

interface Seen extends Placed {
  /** Below which it is shown. */
  readonly shownUnder: string | null;
}

const seenIn = (nodes: readonly TeamNode<Placed>[], shownUnder: string | null = null): Seen[] =>
  nodes.flatMap(({ id, parentId, children }) => [{ id, parentId, shownUnder }, ...seenIn(children, id)]);

const isAtTop = ({ id, parentId }: Placed, parents: ReadonlyMap<string, string | null>) =>
  parentId === null || !parents.has(parentId) || isUnder(parentId, id, parents);

describe('treeOf', () => {
  it('has every team once, whatever the teams are', () => {
    fc.assert(
      fc.property(anyTeams, (teams) => {
        const seen = seenIn(treeOf(teams)).map(({ id }) => id);

        expect(seen.sort()).toEqual(teams.map(({ id }) => id).sort());
      }),
    );
  });

  it('has a team below its parent, and at the top where it has none or is below itself', () => {
    fc.assert(
      fc.property(anyTeams, (teams) => {
        const parents = parentsOf(teams);

        for (const team of seenIn(treeOf(teams))) {
          expect(team.shownUnder).toBe(isAtTop(team, parents) ? null : team.parentId);
        }
      }),
    );
  });

  it('keeps the order of the teams at each level', () => {
    fc.assert(
      fc.property(anyTeams, (teams) => {
        const places = new Map(teams.map(({ id }, at) => [id, at]));
        const isInOrder = (nodes: readonly TeamNode<Placed>[]): boolean =>
          nodes.every(({ id, children }, at) => {
            const before = nodes[at - 1];
            return (!before || (places.get(before.id) ?? 0) < (places.get(id) ?? 0)) && isInOrder(children);
          });

        expect(isInOrder(treeOf(teams))).toBe(true);
      }),
    );
  });

  it('has the teams of a circle at the top, and those below them where they are', () => {
    const teams = [
      { id: 'a', parentId: 'b' },
      { id: 'b', parentId: 'a' },
      { id: 'c', parentId: 'a' },
      { id: 'd', parentId: 'd' },
    ];

    expect(treeOf(teams)).toEqual([
      { id: 'a', parentId: 'b', children: [{ id: 'c', parentId: 'a', children: [] }] },
      { id: 'b', parentId: 'a', children: [] },
      { id: 'd', parentId: 'd', children: [] },
    ]);
  });
});
