import type { JsonObject } from '../json.ts';
import type { Post } from './outbound.ts';

const SECOND = 1000;
/** The time limits of an endpoint: for the first attempt, and for those that follow. */
const FIRST_LIMIT_MS = 3 * SECOND;
const RETRY_LIMIT_MS = 10 * SECOND;
/** Retries double their distance from a second to five minutes, and end after four hours. */
const FIRST_RETRY_MS = SECOND;
const MAX_RETRY_MS = 300 * SECOND;
const GIVE_UP_MS = 4 * 60 * 60 * SECOND;
const MAX_BATCH = 100;

/** Runs something later. Returns the function that calls it off. */
export type Schedule = (run: () => void, ms: number) => () => void;

export interface DeliveryDeps {
  readonly post: Post;
  readonly schedule: Schedule;
  readonly clock: () => Date;
  /** How long notifications for one endpoint are gathered into one POST. */
  readonly gatherMs: number;
}

/**
 * Delivers notifications at least once: gathered per endpoint, tried again with growing distance until the endpoint
 * answers with success or four hours have passed. A batch that is tried again may be overtaken by a later one.
 */
export class Delivery {
  readonly #deps: DeliveryDeps;
  readonly #waiting = new Map<string, JsonObject[]>();
  readonly #timers = new Set<() => void>();
  #closed = false;

  constructor(deps: DeliveryDeps) {
    this.#deps = deps;
  }

  send(url: string, notification: JsonObject): void {
    const waiting = this.#waiting.get(url);
    if (waiting) {
      waiting.push(notification);
      return;
    }
    this.#waiting.set(url, [notification]);
    this.#after(this.#deps.gatherMs, () => this.#flush(url));
  }

  /** Calls off everything that has not been sent. */
  close(): void {
    this.#closed = true;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  #flush(url: string): void {
    const notifications = this.#waiting.get(url) ?? [];
    this.#waiting.delete(url);
    for (let start = 0; start < notifications.length; start += MAX_BATCH) {
      const body = JSON.stringify({ value: notifications.slice(start, start + MAX_BATCH) });
      void this.#attempt(url, body, this.#deps.clock().getTime(), 0);
    }
  }

  async #attempt(url: string, body: string, since: number, retry: number): Promise<void> {
    if (await this.#isDelivered(url, body, retry === 0 ? FIRST_LIMIT_MS : RETRY_LIMIT_MS)) return;
    const delay = Math.min(FIRST_RETRY_MS * 2 ** retry, MAX_RETRY_MS);
    if (this.#deps.clock().getTime() + delay - since > GIVE_UP_MS) return;
    this.#after(delay, () => void this.#attempt(url, body, since, retry + 1));
  }

  async #isDelivered(url: string, body: string, timeoutMs: number): Promise<boolean> {
    try {
      const { status } = await this.#deps.post({
        url,
        contentType: 'application/json; charset=utf-8',
        body,
        timeoutMs,
      });
      return status >= 200 && status < 300;
    } catch {
      // No answer in time, or none at all: for a sender that is the same as a refusal.
      return false;
    }
  }

  #after(ms: number, run: () => void): void {
    if (this.#closed) return;
    const cancel = this.#deps.schedule(() => {
      this.#timers.delete(cancel);
      run();
    }, ms);
    this.#timers.add(cancel);
  }
}

/** Real time. A timer that is waiting does not keep the process alive. */
export const scheduleInRealTime: Schedule = (run, ms) => {
  const timer = setTimeout(run, ms);
  timer.unref();
  return () => clearTimeout(timer);
};
