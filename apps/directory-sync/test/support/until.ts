import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a fact. @throws Error that names it when it doesn't come. */
export async function until(fact: string, holds: () => Promise<boolean> | boolean, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`did not come about: ${fact}`);
    await delay(15);
  }
}
