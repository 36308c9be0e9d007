import { setTimeout as delay } from 'node:timers/promises';

/** Asks again until the answer is not undefined. Undefined when `timeoutMs` have passed without one. */
export async function until<Answer>(
  ask: () => Promise<Answer | undefined> | Answer | undefined,
  options: { readonly timeoutMs: number; readonly everyMs?: number },
): Promise<Answer | undefined> {
  const deadline = Date.now() + options.timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || Date.now() >= deadline) return answer;
    await delay(options.everyMs ?? 100);
  }
}
