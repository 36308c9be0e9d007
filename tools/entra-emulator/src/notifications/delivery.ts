import type { DeliveryEntry, DeliveryLog } from './delivery-log.ts';
import { EndpointHealth, type EndpointState } from './endpoint-health.ts';
import { notificationCollection, type Notification } from './notification.ts';
import { PostTimeout, type Post } from './outbound.ts';
import type { Timers } from './schedule.ts';

const SECOND = 1000;
/** The time limits of an endpoint: for the first attempt, and for those that follow. */
const FIRST_LIMIT_MS = 3 * SECOND;
const RETRY_LIMIT_MS = 10 * SECOND;
/** Retries double their distance from a second to five minutes, and end after four hours. */
const FIRST_RETRY_MS = SECOND;
const MAX_RETRY_MS = 300 * SECOND;
const GIVE_UP_MS = 4 * 60 * 60 * SECOND;
const SLOW_DELAY_MS = 10 * 60 * SECOND;
const MAX_BATCH = 100;

export interface DeliveryDeps {
  readonly post: Post;
  readonly timers: Timers;
  readonly clock: () => Date;
  /** How long notifications for one URL are gathered into one POST. */
  readonly gatherMs: number;
  /** Whether a subscription has to be reauthorised before anything of it is posted. */
  isHeld(subscriptionId: string): boolean;
  readonly log: DeliveryLog;
}

/** Notifications that are posted together, since they came together. */
interface Batch {
  readonly url: string;
  readonly notifications: readonly Notification[];
  /** When they were first due, in milliseconds since 1970. */
  readonly since: number;
  readonly retry: number;
}

type Result = Pick<DeliveryEntry, 'outcome' | 'status'>;

/**
 * Delivers notifications: gathered by URL, tried again with growing distance until the endpoint answers with success or
 * four hours have passed. A batch that is tried again may be overtaken by a later one. Endpoints that answer slowly
 * are made to wait, and those that hardly answer lose what was theirs.
 */
export class Delivery {
  readonly #deps: DeliveryDeps;
  readonly #waiting = new Map<string, Notification[]>();
  readonly #endpoints = new Map<string, EndpointHealth>();

  constructor(deps: DeliveryDeps) {
    this.#deps = deps;
  }

  send(notification: Notification): void {
    const waiting = this.#waiting.get(notification.url);
    if (waiting) {
      waiting.push(notification);
      return;
    }
    this.#waiting.set(notification.url, [notification]);
    this.#deps.timers.after(this.#deps.gatherMs, () => this.#flush(notification.url));
  }

  /** Every endpoint that was posted to, by host and port. */
  endpoints(): ReadonlyMap<string, EndpointState> {
    const now = this.#now();
    return new Map([...this.#endpoints].map(([host, health]) => [host, health.state(now)]));
  }

  #flush(url: string): void {
    const notifications = this.#waiting.get(url) ?? [];
    this.#waiting.delete(url);
    const isSlow = this.#health(url).state(this.#now()) === 'slow';
    for (let start = 0; start < notifications.length; start += MAX_BATCH) {
      const batch = { url, notifications: notifications.slice(start, start + MAX_BATCH), since: this.#now(), retry: 0 };
      if (isSlow) this.#deps.timers.after(SLOW_DELAY_MS, () => this.#attempt(batch));
      else this.#attempt(batch);
    }
  }

  #attempt(batch: Batch): void {
    if (this.#health(batch.url).state(this.#now()) === 'drop') {
      this.#log(batch, { outcome: 'dropped' }, this.#now());
      return;
    }
    const isHeld = ({ subscriptionId }: Notification): boolean => this.#deps.isHeld(subscriptionId);
    const held = batch.notifications.filter(isHeld);
    const ready = batch.notifications.filter((notification) => !isHeld(notification));
    if (held.length > 0) this.#tryAgain({ ...batch, notifications: held });
    if (ready.length > 0) void this.#post({ ...batch, notifications: ready });
  }

  async #post(batch: Batch): Promise<void> {
    const start = this.#now();
    const retry = batch.retry > 0;
    const result = await this.#result(batch, retry ? RETRY_LIMIT_MS : FIRST_LIMIT_MS);
    const at = this.#now();
    this.#health(batch.url).note({ at, ms: at - start, retry });
    const retryAt = result.outcome === 'delivered' ? undefined : this.#tryAgain(batch);
    this.#log(batch, result, start, retryAt);
  }

  async #result({ url, notifications }: Batch, timeoutMs: number): Promise<Result> {
    const body = notificationCollection(notifications);
    try {
      const { status } = await this.#deps.post({
        url,
        contentType: 'application/json; charset=utf-8',
        body,
        timeoutMs,
      });
      return { status, outcome: status >= 200 && status < 300 ? 'delivered' : 'refused' };
    } catch (error) {
      // For a sender no answer is the same as a refusal.
      return { outcome: error instanceof PostTimeout ? 'timed-out' : 'unreachable' };
    }
  }

  #tryAgain(batch: Batch): number | undefined {
    const wait = Math.min(FIRST_RETRY_MS * 2 ** batch.retry, MAX_RETRY_MS);
    const retryAt = this.#now() + wait;
    if (retryAt - batch.since > GIVE_UP_MS) return undefined;
    this.#deps.timers.after(wait, () => this.#attempt({ ...batch, retry: batch.retry + 1 }));
    return retryAt;
  }

  #log({ url, notifications, retry }: Batch, result: Result, at: number, retryAt?: number): void {
    const subscriptionIds = [...new Set(notifications.map(({ subscriptionId }) => subscriptionId))];
    const ms = this.#now() - at;
    const entry = { at, url, subscriptionIds, notifications: notifications.length, attempt: retry + 1, ...result, ms };
    this.#deps.log.add(retryAt === undefined ? entry : { ...entry, retryAt });
  }

  #health(url: string): EndpointHealth {
    const { host } = new URL(url);
    const health = this.#endpoints.get(host) ?? new EndpointHealth();
    this.#endpoints.set(host, health);
    return health;
  }

  #now(): number {
    return this.#deps.clock().getTime();
  }
}
