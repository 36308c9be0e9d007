/** Lets workers sleep until something may be due. */
export interface Idle {
  /** Resolves after `ms`, at a nudge, or when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Wakes the sleepers after `delayMs`: hints are gathered for a moment before they are worked off. */
  readonly nudge: () => void;
}

export function createIdle(delayMs: number): Idle {
  const sleepers = new Set<() => void>();
  return {
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          sleepers.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        sleepers.add(wake);
        signal.addEventListener('abort', wake);
        if (signal.aborted) wake();
      }),
    nudge: () => {
      setTimeout(() => {
        for (const wake of [...sleepers]) wake();
      }, delayMs).unref();
    },
  };
}
