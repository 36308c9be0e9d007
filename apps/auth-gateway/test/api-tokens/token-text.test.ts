import { describe, expect, it } from '@jest/globals';
import { isTokenText, newTokenText } from '../../src/api-tokens/token-text.ts';

describe('a token', () => {
  it('has a prefix by which scanners find it, and is never the same', () => {
    const tokens = Array.from({ length: 100 }, newTokenText);

    expect(tokens.every((token) => /^learnamp_[0-9A-Za-z]{38}$/.test(token))).toBe(true);
    expect(tokens.every(isTokenText)).toBe(true);
    expect(new Set(tokens).size).toBe(100);
  });

  it('is known by its checksum, as it will be tomorrow', () => {
    expect(isTokenText('learnamp_abcdefghijklmnopqrstuvwxyz0123451nc0VA')).toBe(true);
  });

  it.each([
    [
      'a letter is another one',
      (token: string) => token.slice(0, 20) + (token[20] === 'x' ? 'y' : 'x') + token.slice(21),
    ],
    ['its end is missing', (token: string) => token.slice(0, -1)],
    ['something follows it', (token: string) => `${token}0`],
    ['its prefix is another one', (token: string) => token.replace('learnamp', 'somebody')],
  ])('is none any more when %s', (_what, spoil) => {
    expect(isTokenText(spoil(newTokenText()))).toBe(false);
  });
});
