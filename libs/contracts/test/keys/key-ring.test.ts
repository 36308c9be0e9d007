import { describe, expect, it } from '@jest/globals';
import { parseKeyRing } from '../../src/index.ts';

const first = Buffer.alloc(32, 1);
const second = Buffer.alloc(32, 2);
const text = `a1:${first.toString('base64url')}, b2:${second.toString('base64url')}`;

describe('parseKeyRing', () => {
  it('signs with the first key and finds all of them', () => {
    const keys = parseKeyRing(text);

    expect(keys.current).toEqual({ id: 'a1', key: first });
    expect(keys.find('a1')).toEqual(first);
    expect(keys.find('b2')).toEqual(second);
    expect(keys.find('c3')).toBeUndefined();
  });

  it.each([
    ['nothing', '', 1],
    ['a key without an id', first.toString('base64url'), 1],
    ['an id that is too long', `abcdefghi:${first.toString('base64url')}`, 1],
    ['an id with a dot, which parts a clientState', `a.1:${first.toString('base64url')}`, 1],
    ['a short second key', `a1:${first.toString('base64url')},b2:${second.subarray(1).toString('base64url')}`, 2],
    ['a trailing comma', `a1:${first.toString('base64url')},`, 2],
    ['padding', `a1:${first.toString('base64')}`, 1],
  ])('refuses %s, naming the position', (_what, given, position) => {
    expect(() => parseKeyRing(given)).toThrow(
      new TypeError(`key ${position} is not written as id:base64url of 32 bytes`),
    );
  });
});
