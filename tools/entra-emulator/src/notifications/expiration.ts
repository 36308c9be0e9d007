import type { JsonValue } from '../json.ts';
import { extensionError, invalidRequest } from './refusals.ts';

const MINUTE = 60_000;
/** Below this the expiry is raised without a word. */
const MIN_MINUTES = 45;
/** Just under 29 days: the most for directory objects. */
const MAX_MINUTES = 41_760;

/** When a subscription ends. Graph counts in 100 ns, which a number of milliseconds can't hold. */
export interface Expiration {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** UTC without a zone, with up to seven digits below the second: each answer appends a zone of its own. */
  readonly text: string;
}

/** When a subscription is to end: raised to 45 minutes ahead, refused beyond 41,760. */
export function readExpiration(value: JsonValue, now: Date): Expiration {
  const expiration = typeof value === 'string' ? parse(value) : undefined;
  if (expiration === undefined)
    throw invalidRequest(`'expirationDateTime' is not a UTC date: ${JSON.stringify(value)}`);
  const minutes = (expiration.at - now.getTime()) / MINUTE;
  if (minutes <= 0) throw extensionError(400, 'Subscription expiration must be in the future.');
  if (minutes > MAX_MINUTES) {
    throw extensionError(400, `Subscription expiration can only be ${MAX_MINUTES} minutes in the future.`);
  }
  return minutes < MIN_MINUTES ? minimum(now) : expiration;
}

function parse(value: string): Expiration | undefined {
  const [, seconds, fraction = '', zone] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?(Z|[+-]\d\d:\d\d)$/i.exec(value) ?? [];
  const at = Date.parse(value);
  if (seconds === undefined || zone === undefined || Number.isNaN(at)) return undefined;
  return { at, text: withFraction(new Date(at), fraction) };
}

function minimum(now: Date): Expiration {
  const at = now.getTime() + MIN_MINUTES * MINUTE;
  // Graph's own clock ticks every 100 ns, so a time that it chose has digits which ours lacks.
  return { at, text: withFraction(new Date(at), String((at % 1000) * 10_000 + (at % 9973)).padStart(7, '0')) };
}

function withFraction(date: Date, fraction: string): string {
  const digits = fraction.replace(/0+$/, '');
  return `${date.toISOString().slice(0, 19)}${digits === '' ? '' : `.${digits}`}`;
}
