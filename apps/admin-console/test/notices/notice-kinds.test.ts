import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressesOf } from '../../src/notices/notice-kinds.ts';

it('finds every address, however they are set apart', () => {
  const address = fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}\.example$/u);
  const apart = fc.constantFrom('\n', ', ', ';', '  ', '\r\n\r\n');
  fc.assert(
    fc.property(fc.array(fc.tuple(address, apart), { maxLength: 20 }), (typed) => {
      expect(addressesOf(typed.map(([one, between]) => one + between).join(''))).toEqual(typed.map(([one]) => one));
    }),
  );
});
