import type { Schedule } from '../notifications/schedule.ts';

interface Due {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that stands still until it is moved, and timers that run when it passes them. */
export class StandingTime {
  #now: number;
  #waiting: Due[] = [];

  constructor(startsAt: Date) {
    this.#now = startsAt.getTime();
  }

  readonly clock = (): Date => new Date(this.#now);

  readonly schedule: Schedule = (run, ms) => {
    const due = { at: this.#now + ms, run };
    this.#waiting.push(due);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== due);
    };
  };

  /** How long it is until something is due; undefined when nothing is. */
  untilNext(): number | undefined {
    const next = this.#next();
    return next && Math.max(0, next.at - this.#now);
  }

  /** Moves the clock, and runs whatever falls due on the way at its own time. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(); next && next.at <= end; next = this.#next()) {
      const due = next;
      this.#waiting = this.#waiting.filter((other) => other !== due);
      this.#now = Math.max(this.#now, due.at);
      due.run();
    }
    this.#now = end;
  }

  /** The earliest; of those due together the one that was asked for first. */
  #next(): Due | undefined {
    return this.#waiting.reduce<Due | undefined>(
      (first, due) => (first && first.at <= due.at ? first : due),
      undefined,
    );
  }
}
