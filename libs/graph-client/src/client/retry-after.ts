import { type GraphAnswer, isOk } from '../errors/error-of-response.ts';

/**
 * The waiting time that a Retry-After header asks for, in milliseconds: seconds, which Graph sometimes writes with a
 * fraction (`2.128`), or an HTTP date (RFC 9110, section 10.2.3). Undefined when there is none or it can't be read.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** How long an answer asks to wait, in milliseconds: only one that is no success does. */
export const askedToWait = (answer: GraphAnswer, now: number): number | undefined =>
  isOk(answer) ? undefined : retryAfterMs(answer.headers['retry-after'], now);
