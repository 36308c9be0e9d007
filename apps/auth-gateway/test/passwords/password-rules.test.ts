import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_LENGTH, MIN_LENGTH, passwordComplaint } from '../../src/passwords/password-rules.ts';

const email = 'ada@acme.example';
describe('passwordComplaint', () => {
  it.each(['correct horse battery staple', 'Vierzehn Bäume, ein Haus', '東京の雨は静かに降り続いていましたね'])(
    'takes %s',
    (password) => {
      expect(passwordComplaint(password, email)).toBeUndefined();
    },
  );

  it.each([
    ['one that is too short', 'fourteen chars', 'at least 15'],
    ['an address', `my ${email.toUpperCase()} password`, 'email'],
    ['one letter', 'a'.repeat(20), 'again and again'],
    ['a piece that repeats', 'abc1abc1abc1abc1abc', 'again and again'],
    ['a row of digits', '0123456789012345', 'a row of'],
    ['a row of the keyboard', 'qwertyuiopasdfghj', 'a row of'],
  ])('refuses %s', (_what, password, why) => {
    expect(passwordComplaint(password, email)).toContain(why);
  });

  it('counts characters as people do, whatever their code units', () => {
    fc.assert(
      fc.property(fc.constantFrom('😀', 'é', 'x', '字'), fc.integer({ min: 1, max: 14 }), (letter, count) => {
        expect(passwordComplaint(letter.repeat(count), email)).toContain(`at least ${MIN_LENGTH}`);
      }),
    );
  });

  it('refuses whatever is longer than anybody types', () => {
    const long = fc.string({ minLength: MAX_LENGTH + 1, maxLength: MAX_LENGTH + 40, unit: 'binary-ascii' });
    fc.assert(
      fc.property(long, (password) => {
        expect(passwordComplaint(password, email)).toContain('at most');
      }),
    );
  });
});
