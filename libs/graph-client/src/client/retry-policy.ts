import { GraphError } from '../errors/graph-error.ts';
import type { Clock } from './clock.ts';

export interface RetryOptions {
  /** Times a request is sent, the first one included. Default 6. */
  readonly maxAttempts?: number;
  /** A longer wait than this is the caller's to make, who gets the error. Default 120,000 ms. */
  readonly maxWaitMs?: number;
  /** The first back-off, doubled each time, where the answer names no time. Default 500 ms, at most 30,000. */
  readonly firstWaitMs?: number;
}

/** Waits before attempt `attempt + 1`. False, at once, when there is to be none. */
export type WaitForRetry = (
  attempt: number,
  retryAfterMs: number | undefined,
  signal?: AbortSignal,
) => Promise<boolean>;

/** `random` gives 0 ≤ x < 1. @throws GraphError `aborted` from the wait. */
export function createRetryPolicy(clock: Clock, random: () => number, options: RetryOptions = {}): WaitForRetry {
  const { maxAttempts = 6, maxWaitMs = 120_000, firstWaitMs = 500 } = options;

  // Half of the back-off is random, so that clients that were refused together don't come back together.
  const backOff = (attempt: number) => Math.min(30_000, firstWaitMs * 2 ** (attempt - 1)) * (0.5 + random() / 2);

  return async (attempt, retryAfterMs, signal) => {
    const wait = retryAfterMs ?? backOff(attempt);
    if (attempt >= maxAttempts || wait > maxWaitMs) return false;
    try {
      await clock.sleep(wait, signal);
    } catch (cause) {
      throw new GraphError('aborted', 'the wait before a retry was aborted', { cause });
    }
    return true;
  };
}
