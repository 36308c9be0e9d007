import { GraphError } from '../errors/graph-error.ts';
import type { Clock } from './clock.ts';

/** What a request waits at most when Graph names a time. */
export const longestWaitMs = 120_000;

export interface RetryOptions {
  /** Times a request is sent, the first one included. Default 6. */
  readonly maxAttempts?: number;
  /** A longer wait than this is the caller's to make, who gets the error. Default 120,000 ms. */
  readonly maxWaitMs?: number;
  /** The first back-off, doubled each time, where the answer names no time. Default 500 ms, at most 30,000. */
  readonly firstWaitMs?: number;
}

/**
 * Waits before attempt `attempt + 1`. False, at once, when there is to be none. Where Graph named a time the lanes are
 * closed, for everybody, and do the waiting.
 */
export type WaitForRetry = (
  attempt: number,
  retryAfterMs: number | undefined,
  signal?: AbortSignal,
) => Promise<boolean>;

/** `random` gives 0 ≤ x < 1. @throws GraphError `aborted` from the wait. */
export function createRetryPolicy(clock: Clock, random: () => number, options: RetryOptions): WaitForRetry {
  const { maxAttempts = 6, maxWaitMs = longestWaitMs, firstWaitMs = 500 } = options;

  // Half of the back-off is random, so that clients that were refused together don't come back together.
  const backOff = (attempt: number) => Math.min(30_000, firstWaitMs * 2 ** (attempt - 1)) * (0.5 + random() / 2);

  return async (attempt, retryAfterMs, signal) => {
    if (attempt >= maxAttempts || (retryAfterMs ?? 0) > maxWaitMs) return false;
    if (retryAfterMs === undefined) await sleep(clock, backOff(attempt), signal);
    return true;
  };
}

async function sleep(clock: Clock, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await clock.sleep(milliseconds, signal);
  } catch (cause) {
    throw new GraphError('aborted', 'the wait before a retry was aborted', { cause });
  }
}
