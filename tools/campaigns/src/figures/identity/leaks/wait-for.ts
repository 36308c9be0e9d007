import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something holds. @throws Error that says what did not come about. */
export async function waitFor(
  fact: string,
  holds: () => Promise<boolean> | boolean,
  timeoutMs = 180_000,
): Promise<void> {
  const until = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`it did not come about that ${fact}`);
    await sleep(100);
  }
}
