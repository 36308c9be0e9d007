import { describe, expect, it } from '@jest/globals';
import type { GraphNotification } from '@learnamp/contracts';
import fc from 'fast-check';
import { hintsOf } from '../../src/work/merge-hints.ts';

const notifications: fc.Arbitrary<GraphNotification> = fc
  .record({
    organisationId: fc.constantFrom('acme', 'umbrella'),
    kind: fc.constantFrom('users' as const, 'groups' as const),
    objectId: fc.option(fc.constantFrom('a1', 'A1', 'b2', 'c3'), { nil: undefined }),
  })
  .map(({ objectId, ...rest }) => (objectId ? { ...rest, objectId } : { ...rest, lifecycleEvent: 'missed' }));

describe('hintsOf', () => {
  it('says of each organisation what was hinted of it, each id once and whatever its case', () => {
    fc.assert(
      fc.property(fc.array(notifications), (given) => {
        const said = hintsOf(given).flatMap(({ organisationId, userIds, groupIds, lifecycle }) => [
          ...userIds.map((id) => `${organisationId} users ${id}`),
          ...groupIds.map((id) => `${organisationId} groups ${id}`),
          ...(lifecycle ? [`${organisationId} lifecycle`] : []),
        ]);

        const hinted = given.map(({ organisationId, kind, objectId }) =>
          objectId ? `${organisationId} ${kind} ${objectId.toLowerCase()}` : `${organisationId} lifecycle`,
        );
        expect([...said].sort()).toEqual([...new Set(hinted)].sort());
      }),
    );
  });
});
