/** How far the use of a budget can run over: Graph never reports more than 1.8 times the limit. */
const HIGHEST_SHARE = 1.8;

/** What a request found when it was charged. */
export interface Charge {
  /** How much of the budget is used, this request included: 1 is all of it. */
  readonly share: number;
  /** 0 when the request fits; else how long until one of the same cost would. */
  readonly waitMs: number;
}

/** A budget that refills evenly over its window. Requests that no longer fit are charged all the same. */
export class TokenBucket {
  readonly #windowMs: number;
  #used = 0;
  #at: number;

  constructor(windowMs: number, now: number) {
    this.#windowMs = windowMs;
    this.#at = now;
  }

  /** The capacity comes along, since a tenant that grows has more. */
  charge(cost: number, capacity: number, now: number): Charge {
    const refilled = (Math.max(0, now - this.#at) * capacity) / this.#windowMs;
    this.#at = now;
    // What costs more than the whole budget takes the whole budget: else it could never be had.
    const taken = Math.min(cost, capacity);
    this.#used = Math.min(Math.max(0, this.#used - refilled) + taken, capacity * HIGHEST_SHARE);
    const over = this.#used - capacity;
    return { share: this.#used / capacity, waitMs: over <= 0 ? 0 : ((over + taken) * this.#windowMs) / capacity };
  }
}
