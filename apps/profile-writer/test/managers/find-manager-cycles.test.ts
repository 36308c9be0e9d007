import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findManagerCycles } from '../../src/managers/find-manager-cycles.ts';

const chains = fc
  .array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 13 })
  .map((pairs) => new Map(pairs.map(([person, manager]) => [`p${person}`, `p${manager}`])));

/** Whether somebody comes back to themselves, by walking as many steps as there are people. */
function managesThemselves(person: string, managerOf: ReadonlyMap<string, string>): boolean {
  let current: string | undefined = person;
  for (let step = 0; step < managerOf.size; step += 1) {
    current = current === undefined ? undefined : managerOf.get(current);
    if (current === person) return true;
  }
  return false;
}

describe('findManagerCycles', () => {
  it('names exactly those who come back to themselves, each once', () => {
    fc.assert(
      fc.property(chains, (managerOf) => {
        const named = findManagerCycles(managerOf).flat();

        const expected = [...managerOf.keys()].filter((person) => managesThemselves(person, managerOf));
        expect([...named].sort()).toEqual(expected.sort());
      }),
    );
  });

  it('runs from person to manager and back to the first', () => {
    fc.assert(
      fc.property(chains, (managerOf) => {
        for (const cycle of findManagerCycles(managerOf)) {
          cycle.forEach((person, index) => expect(managerOf.get(person)).toBe(cycle[(index + 1) % cycle.length]));
        }
      }),
    );
  });

  it('says the same whatever the order of people', () => {
    fc.assert(
      fc.property(chains, (managerOf) => {
        const backwards = new Map([...managerOf].reverse());

        expect(findManagerCycles(backwards)).toEqual(findManagerCycles(managerOf));
      }),
    );
  });

  it('finds a person who manages themselves, and a ring of three that others hang on', () => {
    const managerOf = new Map([
      ['self', 'self'],
      ['c', 'a'],
      ['outside', 'b'],
      ['a', 'b'],
      ['b', 'c'],
      ['plain', 'boss'],
    ]);

    expect(findManagerCycles(managerOf)).toEqual([['a', 'b', 'c'], ['self']]);
  });
});
