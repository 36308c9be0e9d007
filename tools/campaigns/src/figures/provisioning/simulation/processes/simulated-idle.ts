import type { Idle } from '@learnamp/directory-sync';

/** The waiting of a service's loops: they sleep until they are woken, and everybody can tell when all of them sleep. */
export class SimulatedIdle implements Idle {
  readonly #loops: number;
  readonly #sleepers = new Set<() => void>();
  readonly #watchers = new Set<() => void>();

  /** `loops`: how many there are. */
  constructor(loops: number) {
    this.#loops = loops;
  }

  readonly wait: Idle['wait'] = (_ms, signal) =>
    new Promise((resolve) => {
      const wake = () => {
        this.#sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#sleepers.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
      if (this.isAsleep()) for (const watcher of [...this.#watchers]) watcher();
    });

  /** The world wakes everybody itself. */
  readonly nudge = (): void => undefined;

  isAsleep(): boolean {
    return this.#sleepers.size === this.#loops;
  }

  wakeAll(): void {
    for (const wake of [...this.#sleepers]) wake();
  }

  /** Called whenever everybody sleeps. Returns the function that ends it. */
  onAsleep(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}
