import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseFollowing } from '../../src/delta/choose-following.ts';

const few = { people: 200, groups: 10, tenantUsers: 20_000, now: 'tenant' } as const;

describe('whose changes are followed', () => {
  it('are those of the people concerned where they are few in a large tenant', () => {
    expect(chooseFollowing(few)).toBe('people');
  });

  it('are the tenant’s where the group is a large share of it', () => {
    expect(chooseFollowing({ ...few, tenantUsers: 250 })).toBe('tenant');
  });

  it('are the tenant’s where so many links would cost a request more, however large the tenant', () => {
    expect(chooseFollowing({ ...few, people: 1001, tenantUsers: 1_000_000 })).toBe('tenant');
    expect(chooseFollowing({ ...few, groups: 1001, tenantUsers: 1_000_000 })).toBe('tenant');
  });

  it('stay what they are where the tenant can’t be counted', () => {
    expect(chooseFollowing({ ...few, tenantUsers: undefined })).toBe('tenant');
    expect(chooseFollowing({ ...few, tenantUsers: undefined, now: 'people' })).toBe('people');
  });

  it('stay what they are near the border: whatever is chosen once is chosen again, with a tenth more or fewer people', () => {
    const numbers = fc.record({
      people: fc.integer({ min: 0, max: 2000 }),
      groups: fc.integer({ min: 1, max: 300 }),
      tenantUsers: fc.integer({ min: 1, max: 20_000 }),
      now: fc.constantFrom('tenant' as const, 'people' as const),
    });
    fc.assert(
      fc.property(numbers, fc.integer({ min: -10, max: 10 }), (before, percent) => {
        const now = chooseFollowing(before);
        const people = Math.round(before.people * (1 + percent / 100));
        const after = chooseFollowing({ ...before, people, now });
        // Only one that is at the far border already may go back.
        expect(after === now || before.now === now).toBe(true);
      }),
    );
  });
});
