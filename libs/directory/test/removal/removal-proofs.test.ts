import { describe, expect, it } from '@jest/globals';
import { proveDeleted, proveLeft } from '../../src/index.ts';

describe('proveLeft', () => {
  const answers = [true, false, undefined];
  const cases = answers.flatMap((person) => answers.map((knownMember) => ({ person, knownMember })));

  it.each(cases)('person $person, known member $knownMember', ({ person, knownMember }) => {
    const proved = proveLeft({ person, knownMember }) !== undefined;

    // Only "no" for the person beside "yes" for somebody who must be a member.
    expect(proved).toBe(person === false && knownMember === true);
  });

  it.each([
    ['too early', { person: false, knownMember: undefined, forMs: 1_799_999 }, undefined],
    ['after half an hour', { person: false, knownMember: undefined, forMs: 1_800_000 }, 'left'],
    ['a person of whom nothing is known', { person: undefined, knownMember: undefined, forMs: 9e9 }, undefined],
    ['a known member of whom the answer is no', { person: false, knownMember: false, forMs: 9e9 }, undefined],
  ])('in a group where nobody is left: %s', (_what, { person, knownMember, forMs }, cause) => {
    const inEmptyGroup = { forMs, minimumMs: 1_800_000 };

    expect(proveLeft({ person, knownMember, inEmptyGroup })?.cause).toBe(cause);
  });
});

describe('proveDeleted', () => {
  const missingSince = new Date('2026-01-01T10:00:00Z');
  const minimumMs = 180_000;
  const at = (ms: number) => new Date(missingSince.getTime() + ms);

  it('proves a deletion by two readings that are far enough apart', () => {
    const removal = proveDeleted({ missingSince, missingAgainAt: at(minimumMs), minimumMs });

    expect(removal).toEqual({ cause: 'deleted', proof: 'the user was answered with 404 twice, 180 seconds apart' });
  });

  it('does not take two readings of the same moment for a proof', () => {
    expect(proveDeleted({ missingSince, missingAgainAt: at(minimumMs - 1), minimumMs })).toBeUndefined();
  });
});
