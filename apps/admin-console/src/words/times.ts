import { locale } from './words.ts';

const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });
const hour = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });

export const momentWords = (iso: string): string => moment.format(new Date(iso));
/** With seconds and the time zone. */
export const exactWords = (iso: string): string => exact.format(new Date(iso));
export const hourWords = (iso: string): string => hour.format(new Date(iso));

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A stretch of time in its two largest units, such as `2 hours 5 minutes`. Seconds, not negative. */
export function durationWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const first = UNITS.findIndex(([, size]) => whole >= size);
  if (first === -1) return unitWords(0, 'second');
  const shown = UNITS.slice(first, first + 2);
  let rest = whole;
  const parts = shown.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [unitWords(count, unit)];
  });
  return parts.join(' ');
}

const unitWords = (count: number, unit: string) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);

export const numberWords = (count: number): string => count.toLocaleString(locale);
