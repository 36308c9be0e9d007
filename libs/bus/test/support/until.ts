import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as timeout } from 'node:timers/promises';

/** How long `until` waits within a run of it, in milliseconds; 30,000 outside of any. */
export const patience = new AsyncLocalStorage<number>();

/** Polls until the fact holds; fails with its name when it does not hold in time. */
export async function until(fact: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + (patience.getStore() ?? 30_000);
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`never came true: ${fact}`);
    await timeout(20);
  }
}
