import { setImmediate as turn } from 'node:timers/promises';

/** Time that passes only when it is told to. */
export class SimulatedTime {
  #now = Date.UTC(2026, 0, 5, 8);

  now(): Date {
    return new Date(this.#now);
  }

  pass(ms: number): void {
    this.#now += ms;
  }

  /** Who waits makes time pass; of several at once, the longest wait is what passes. */
  async sleep(ms: number): Promise<void> {
    const until = this.#now + ms;
    await turn();
    this.#now = Math.max(this.#now, until);
  }
}
