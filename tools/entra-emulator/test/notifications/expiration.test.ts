import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readExpiration } from '../../src/notifications/expiration.ts';

const now = new Date('2026-11-25T12:00:00Z');
const MINUTE = 60_000;
const at = (minutes: number): string => new Date(now.getTime() + minutes * MINUTE).toISOString();

describe('an expirationDateTime', () => {
  it('keeps its digits, without zeros at the end', () => {
    const read = ['2026-11-26T12:00:00.1234567Z', '2026-11-26T12:00:00.5000000Z', '2026-11-26T12:00:00Z'].map(
      (text) => readExpiration(text, now).text,
    );

    expect(read).toEqual(['2026-11-26T12:00:00.1234567', '2026-11-26T12:00:00.5', '2026-11-26T12:00:00']);
  });

  it('is turned into UTC', () => {
    expect(readExpiration('2026-11-26T12:00:00.25+02:00', now).text).toBe('2026-11-26T10:00:00.25');
  });

  it('is the time that it says, whatever its digits and zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 45 * 60, max: 41_759 * 60 }),
        fc.integer({ min: 0, max: 9_999_999 }),
        fc.integer({ min: -12, max: 14 }),
        (seconds, ticks, zone) => {
          const local = new Date(now.getTime() + seconds * 1000 + zone * 60 * MINUTE).toISOString().slice(0, 19);
          const offset = `${zone < 0 ? '-' : '+'}${String(Math.abs(zone)).padStart(2, '0')}:00`;
          const fraction = String(ticks).padStart(7, '0');

          const read = readExpiration(`${local}.${fraction}${offset}`, now);

          expect(read.at).toBe(now.getTime() + seconds * 1000 + Math.floor(ticks / 10_000));
          expect(Date.parse(`${read.text}Z`)).toBe(read.at);
        },
      ),
    );
  });

  it('is raised to 45 minutes, to a time with the digits that Graph would choose', () => {
    const { at: raised, text } = readExpiration(at(1), now);

    expect(raised).toBe(now.getTime() + 45 * MINUTE);
    expect(text).toMatch(/^2026-11-25T12:45:00\.\d{4,7}$/);
  });

  it.each([
    ['a time without a zone', '2026-11-26T12:00:00'],
    ['a date', '2026-11-26'],
    ['a day that there is not', '2026-13-26T12:00:00Z'],
    ['words', 'tomorrow'],
    ['a number', 1_795_636_800_000],
    ['now', at(0)],
    ['more than 41,760 minutes', at(41_761)],
  ])('is refused for %s', (_, value) => {
    expect(() => readExpiration(value, now)).toThrow();
  });

  it.each([45, 41_760])('may be %i minutes ahead', (minutes) => {
    expect(readExpiration(at(minutes), now).at).toBe(now.getTime() + minutes * MINUTE);
  });
});
