import { setTimeout as timeout } from 'node:timers/promises';

/** Polls until the fact holds; fails with its name when it does not hold in time. */
export async function until(fact: string, holds: () => boolean | Promise<boolean>, withinMs = 30_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`never came true: ${fact}`);
    await timeout(20);
  }
}
