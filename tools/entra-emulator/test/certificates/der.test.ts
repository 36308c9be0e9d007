import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { der, objectIdentifier, positiveInteger, time } from '../../src/certificates/der.ts';

/** The vectors of X.690 itself and of well-known certificates. */
describe('DER', () => {
  it('writes lengths below 128 in one octet and longer ones with a count before them', () => {
    expect(der(0x04, Buffer.alloc(127)).subarray(0, 2).toString('hex')).toBe('047f');
    expect(der(0x04, Buffer.alloc(128)).subarray(0, 3).toString('hex')).toBe('048180');
    expect(der(0x04, Buffer.alloc(256)).subarray(0, 4).toString('hex')).toBe('04820100');
  });

  it('writes object identifiers as published certificates carry them', () => {
    expect(objectIdentifier('1.2.840.10045.4.3.2').toString('hex')).toBe('06082a8648ce3d040302');
    expect(objectIdentifier('1.2.840.113549.1.1.11').toString('hex')).toBe('06092a864886f70d01010b');
    expect(objectIdentifier('2.5.29.17').toString('hex')).toBe('0603551d11');
  });

  it('keeps integers with a set top bit positive', () => {
    expect(positiveInteger(Buffer.from([0x80])).toString('hex')).toBe('02020080');
    expect(positiveInteger(Buffer.from([0x7f])).toString('hex')).toBe('02017f');
  });

  it('changes from two to four digits of the year in 2050', () => {
    expect(time(new Date('2049-12-31T23:59:59Z')).toString('latin1')).toBe('\x17\x0d491231235959Z');
    expect(time(new Date('2050-01-01T00:00:00Z')).toString('latin1')).toBe('\x18\x0f20500101000000Z');
  });

  it('states a length that covers the content, whatever its size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70_000 }), (size) => {
        const encoded = der(0x04, Buffer.alloc(size));
        const first = encoded.readUInt8(1);
        const count = first < 0x80 ? 0 : first & 0x7f;
        const length = count === 0 ? first : encoded.readUIntBE(2, count);
        return length === size && encoded.length === 2 + count + size;
      }),
    );
  });
});
