import Type from 'typebox';
import { Problem } from '../problems/problem.ts';

/** A day, or a moment in UTC. */
export const DayOrMoment = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?Z)?$' });

export interface Period {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

const DAY_MS = 86_400_000;

/** A filter by a date; nothing where neither end is given. A day as the end is in it. @throws Problem 400 */
export function within(path: string, { from, to }: Period): Record<string, object> {
  if (from === undefined && to === undefined) return {};
  const since = from === undefined ? {} : { $gte: momentOf(from) };
  const until =
    to === undefined ? {} : isDay(to) ? { $lt: new Date(momentOf(to).getTime() + DAY_MS) } : { $lte: momentOf(to) };
  return { [path]: { ...since, ...until } };
}

const isDay = (text: string) => text.length === 10;

function momentOf(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new Problem(400, 'bad-date', `${text} is no date.`);
  return at;
}
