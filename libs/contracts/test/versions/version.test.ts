import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatVersion, parseVersion, type Version } from '../../src/index.ts';

const versions: fc.Arbitrary<Version> = fc.record({
  epoch: fc.oneof(fc.nat({ max: 12 }), fc.integer({ min: 0, max: 9_999_999_999 })),
  sequence: fc.oneof(fc.nat({ max: 12 }), fc.integer({ min: 0, max: 999_999_999_999 })),
});

describe('a version', () => {
  it('is ordered as text as by epoch and then sequence', () => {
    fc.assert(
      fc.property(versions, versions, (a, b) => {
        const byNumber = Math.sign(a.epoch - b.epoch) || Math.sign(a.sequence - b.sequence);
        const [textOfA, textOfB] = [formatVersion(a), formatVersion(b)];
        const byText = textOfA < textOfB ? -1 : Number(textOfA > textOfB);

        expect(byText).toBe(byNumber);
      }),
    );
  });

  it('is read as it was written', () => {
    fc.assert(fc.property(versions, (version) => expect(parseVersion(formatVersion(version))).toEqual(version)));
  });

  it.each(['', '1-2', '0000000001-00000000001', '0000000001-0000000000012', ' 0000000001-000000000001'])(
    'refuses %j',
    (text) => {
      expect(() => parseVersion(text)).toThrow(TypeError);
    },
  );
});
