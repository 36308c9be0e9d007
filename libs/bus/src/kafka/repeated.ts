import { setTimeout as timeout } from 'node:timers/promises';
import { backOffDelay } from '../delivery/back-off.ts';
import { isTransient } from './broker-error.ts';

const between = { initialMs: 100, maxMs: 1_000 };

/** Repeats a call to the brokers until it succeeds, is refused for good, or nobody waits for it any more. */
export async function repeated<Result>(work: () => Promise<Result>, givenUp: AbortSignal): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || givenUp.aborted) throw error;
      await timeout(backOffDelay(between, attempt), undefined, { signal: givenUp });
    }
  }
}
