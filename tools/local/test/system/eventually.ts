/**
 * Asks until the answer is not undefined, and gives it with how long it took. A bounded wait for a fact, not a sleep.
 * @throws when the fact doesn't come within `withinMs`.
 */
export async function eventually<Fact>(
  what: string | (() => string),
  ask: () => Promise<Fact | undefined> | Fact | undefined,
  withinMs = 30_000,
): Promise<{ readonly fact: Fact; readonly ms: number }> {
  const startedAt = performance.now();
  for (;;) {
    const fact = await ask();
    const ms = performance.now() - startedAt;
    if (fact !== undefined) return { fact, ms };
    if (ms > withinMs) throw new Error(`not within ${withinMs} ms: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
