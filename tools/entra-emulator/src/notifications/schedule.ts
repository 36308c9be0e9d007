/** Runs something later. Returns the function that calls it off. */
export type Schedule = (run: () => void, ms: number) => () => void;

/** Real time. A timer that is waiting does not keep the process alive. */
export const scheduleInRealTime: Schedule = (run, ms) => {
  const timer = setTimeout(run, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/** Timers of one owner, who can call off all that have not run yet. */
export class Timers {
  readonly #schedule: Schedule;
  readonly #waiting = new Set<() => void>();
  #closed = false;

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
  }

  /** Returns the function that calls it off. After `close` nothing is run any more. */
  after(ms: number, run: () => void): () => void {
    if (this.#closed) return () => undefined;
    const cancel = this.#schedule(() => {
      this.#waiting.delete(cancel);
      run();
    }, ms);
    this.#waiting.add(cancel);
    return () => {
      this.#waiting.delete(cancel);
      cancel();
    };
  }

  close(): void {
    this.#closed = true;
    for (const cancel of this.#waiting) cancel();
    this.#waiting.clear();
  }
}
