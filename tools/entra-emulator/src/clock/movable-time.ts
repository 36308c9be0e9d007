import type { Schedule } from '../notifications/schedule.ts';

interface Due {
  readonly at: number;
  readonly run: () => void;
}

/** The longest that a timer of Node can wait. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * A clock that can be stopped, moved and sped up, with timers that run by it. It begins at the real time and follows it,
 * unless told otherwise.
 */
export class MovableTime {
  #virtual: number;
  #real = Date.now();
  #speed: number;
  #waiting: Due[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** `speed` 0 stands still, 1 is real time, 60 runs a minute in a second. */
  constructor({ startsAt = new Date(), speed = 1 }: { readonly startsAt?: Date; readonly speed?: number } = {}) {
    this.#virtual = startsAt.getTime();
    this.#speed = speed;
  }

  get speed(): number {
    return this.#speed;
  }

  readonly clock = (): Date => new Date(this.#now());

  readonly schedule: Schedule = (run, ms) => {
    const due = { at: this.#now() + ms, run };
    this.#waiting.push(due);
    this.#arm();
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== due);
    };
  };

  /** From now on the clock runs so many times as fast as the real one. */
  setSpeed(speed: number): void {
    this.#anchorAt(this.#now());
    this.#speed = speed;
    this.#arm();
  }

  /** Moves the clock forward, and runs whatever falls due on the way at its own time. */
  advance(ms: number): void {
    this.#runUntil(this.#now() + ms);
    this.#arm();
  }

  /** Sets the clock: forward as `advance` does; backward, where what is due stays due at its time. */
  set(date: Date): void {
    const ahead = date.getTime() - this.#now();
    if (ahead < 0) this.#anchorAt(date.getTime());
    this.advance(Math.max(0, ahead));
  }

  /** How long it is until something is due; undefined when nothing is. Milliseconds of this clock. */
  untilNext(): number | undefined {
    const next = this.#next();
    return next && Math.max(0, next.at - this.#now());
  }

  /** Calls everything off. */
  close(): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
  }

  #now(): number {
    return this.#speed === 0 ? this.#virtual : Math.floor(this.#virtual + (Date.now() - this.#real) * this.#speed);
  }

  #anchorAt(virtual: number): void {
    this.#virtual = virtual;
    this.#real = Date.now();
  }

  #runUntil(end: number): void {
    for (let next = this.#next(); next && next.at <= end; next = this.#next()) {
      const due = next;
      this.#waiting = this.#waiting.filter((other) => other !== due);
      this.#anchorAt(Math.max(this.#virtual, due.at));
      due.run();
    }
    this.#anchorAt(end);
  }

  /** The earliest; of those due together the one that was asked for first. */
  #next(): Due | undefined {
    return this.#waiting.reduce<Due | undefined>(
      (first, due) => (first && first.at <= due.at ? first : due),
      undefined,
    );
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const wait = this.untilNext();
    if (wait === undefined || this.#speed === 0) return;
    const fire = (): void => {
      this.#runUntil(this.#now());
      this.#arm();
    };
    // A timer that is waiting does not keep the process alive.
    this.#timer = setTimeout(fire, Math.min(LONGEST_TIMER_MS, Math.ceil(wait / this.#speed))).unref();
  }
}
