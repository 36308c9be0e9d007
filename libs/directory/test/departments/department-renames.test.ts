import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type DepartmentMove, departmentRenames } from '../../src/index.ts';

const people = (count: number, before: string | null, now: string | null): DepartmentMove[] =>
  Array.from({ length: count }, () => ({ before, now }));

describe('departmentRenames', () => {
  it.each([
    ['everybody', [...people(5, 'Engines', 'Motors')], 5, 5],
    ['most, while some stay', [...people(3, 'Engines', 'Motors'), ...people(2, 'Engines', 'Engines')], 3, 5],
    ['most, while some go elsewhere', [...people(3, 'Engines', 'Motors'), ...people(2, 'Engines', 'Looms')], 3, 5],
    ['everybody, and newcomers with them', [...people(4, 'Engines', 'Motors'), ...people(9, null, 'Motors')], 4, 4],
  ])('takes a department for renamed when %s went to a new one', (_who, moves, moved, of) => {
    expect(departmentRenames(moves)).toEqual([{ from: 'Engines', to: 'Motors', moved, of }]);
  });

  it.each([
    ['two people, although they are all', people(2, 'Engines', 'Motors')],
    ['half of them', [...people(3, 'Engines', 'Motors'), ...people(3, 'Engines', 'Engines')]],
    ['a few of many', [...people(4, 'Engines', 'Motors'), ...people(20, 'Engines', 'Engines')]],
    ['many, while others are new there', [...people(4, 'Engines', 'Motors'), ...people(4, null, 'Engines')]],
    [
      'everybody, to a department that was there',
      [...people(5, 'Engines', 'Motors'), ...people(1, 'Motors', 'Motors')],
    ],
    ['everybody, to one that was left', [...people(5, 'Engines', 'Motors'), ...people(1, 'Motors', 'Looms')]],
    ['everybody, to several', [...people(3, 'Engines', 'Motors'), ...people(3, 'Engines', 'Drives')]],
    ['everybody, to none', people(5, 'Engines', null)],
    ['nobody', [...people(5, 'Engines', 'Engines'), ...people(5, null, 'Motors')]],
  ])('takes nothing for renamed when it was %s', (_who, moves) => {
    expect(departmentRenames(moves)).toEqual([]);
  });

  it('tells of each of two departments that went to the same one', () => {
    const moves = [...people(4, 'Engines', 'Works'), ...people(3, 'Looms', 'Works')];

    expect(departmentRenames(moves).map(({ from }) => from)).toEqual(['Engines', 'Looms']);
  });

  const department = fc.constantFrom(null, 'a', 'b', 'c', 'd');
  const moves = fc.array(fc.record({ before: department, now: department }), { maxLength: 24 });

  it('finds what somebody finds who asks of each two departments, one after the other', () => {
    const names = ['a', 'b', 'c', 'd'];
    fc.assert(
      fc.property(moves, (all) => {
        const expected = names
          .flatMap((from) => names.map((to) => [from, to] as const))
          .filter(([from, to]) => {
            const wereThere = all.filter((move) => move.before === from || (move.before === null && move.now === from));
            const went = wereThere.filter((move) => move.now === to);
            const wereNew = all.every((move) => move.before !== to);
            return from !== to && went.length > 2 && went.length > wereThere.length - went.length && wereNew;
          });

        expect(
          departmentRenames(all)
            .map(({ from, to }) => [from, to])
            .sort(),
        ).toEqual(expected.sort());
      }),
    );
  });

  it('doesn’t depend on the order in which people come', () => {
    const sorted = (all: readonly DepartmentMove[]) =>
      departmentRenames(all)
        .map((one) => JSON.stringify(one))
        .sort();
    fc.assert(
      fc.property(
        moves.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(sorted(shuffled)).toEqual(sorted(all));
        },
      ),
    );
  });
});
