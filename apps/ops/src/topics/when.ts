import type { Arguments } from '../command-line/arguments.ts';
import { UsageError } from '../command-line/command.ts';

/** A place in a topic: an offset of one partition, or a time. */
export type When =
  { readonly kind: 'offset'; readonly offset: bigint } | { readonly kind: 'time'; readonly time: number };

const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

/** How a place is written, for the help of flags. */
export const whenForms = 'an ISO 8601 time, how long ago (90m, 2h, 1d), or an offset';

/** A flag that says a place. @throws UsageError where it is none. */
export function whenFrom(args: Arguments, flag: string, now: Date): When | undefined {
  const text = args.text(flag);
  if (text === undefined) return undefined;
  if (/^\d{1,18}$/.test(text)) return { kind: 'offset', offset: BigInt(text) };
  const ago = /^(\d{1,6})([dhms])$/.exec(text);
  if (ago) return { kind: 'time', time: now.getTime() - Number(ago[1]) * (UNITS[ago[2] ?? ''] ?? 0) };
  const time = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
    ? Date.parse(text)
    : NaN;
  if (Number.isNaN(time)) throw new UsageError(`--${flag} takes ${whenForms}, not ${JSON.stringify(text)}`);
  return { kind: 'time', time };
}
