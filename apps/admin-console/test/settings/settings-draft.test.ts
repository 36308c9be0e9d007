import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Limits, Provisioning } from '../../src/settings/settings.ts';
import { changeOf, draftOf } from '../../src/settings/settings-draft.ts';

const limits: fc.Arbitrary<Limits> = fc.record({
  // As somebody may have typed it: per cent with up to three places.
  share: fc.integer({ min: 0, max: 100_000 }).map((thousandths) => thousandths / 100_000),
  small: fc.nat(1_000_000),
  number: fc.option(fc.nat(1_000_000)),
});

const settings: fc.Arbitrary<Provisioning> = fc.record({
  ...{ enabled: fc.boolean(), create: fc.boolean(), update: fc.boolean(), deactivate: fc.boolean() },
  ...{ managers: fc.boolean(), photos: fc.boolean() },
  invitations: fc.constantFrom('held' as const, 'immediately' as const, 'off' as const),
  outOfScope: fc.record({ keep: fc.boolean(), graceDays: fc.option(fc.integer({ min: 1, max: 3650 })) }),
  limits: fc.record({ removal: limits, addition: limits }),
  mapping: fc.constant({ rules: [], customFields: [] }),
});

const parts = ['switches', 'people', 'invitations', 'leavers', 'limits'] as const;

describe('the form of the settings', () => {
  it('asks for what is stored already when nothing is changed in it, and for no mapping', () => {
    fc.assert(
      fc.property(settings, (provisioning) => {
        const { limits: asked, ...others } = changeOf(draftOf({ provisioning }), parts);
        const names = Object.keys(provisioning).filter((name) => name !== 'mapping' && name !== 'limits');
        expect(Object.keys(others).sort()).toEqual(names.sort());
        expect(provisioning).toMatchObject(others);
        for (const direction of ['removal', 'addition'] as const) {
          const { share, ...numbers } = provisioning.limits[direction];
          expect(asked?.[direction]).toMatchObject(numbers);
          expect(asked?.[direction].share).toBeCloseTo(share, 12);
        }
      }),
    );
  });

  it('shows a share as per cent without the noise of binary fractions', () => {
    const share = { share: 0.07, small: 5, number: null };
    const [provisioning] = fc.sample(settings, 1);
    const shown = draftOf({
      provisioning: { ...(provisioning as Provisioning), limits: { removal: share, addition: share } },
    });

    expect(shown.limits.removal).toEqual({ share: '7', small: '5', number: '' });
    expect(changeOf(shown, ['limits'])).toEqual({ limits: { removal: share, addition: share } });
  });

  it('asks for the parts that it shows and for no others', () => {
    fc.assert(
      fc.property(settings, (provisioning) => {
        const draft = draftOf({ provisioning });
        const { managers, photos, invitations } = provisioning;
        expect(changeOf(draft, ['people'])).toEqual({ managers, photos });
        expect(changeOf(draft, ['invitations'])).toEqual({ invitations });
        expect(changeOf(draft, [])).toEqual({});
      }),
    );
  });
});
