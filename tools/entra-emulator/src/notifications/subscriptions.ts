import type { Subscription } from './subscription.ts';

/** The subscriptions of every tenant. Those that have expired are gone without a word. */
export class Subscriptions {
  readonly #byId = new Map<string, Subscription>();
  readonly #clock: () => Date;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** Those of all tenants, oldest first. */
  all(): Subscription[] {
    const now = this.#clock().getTime();
    for (const { id, expiration } of this.#byId.values()) if (expiration.at <= now) this.#byId.delete(id);
    return [...this.#byId.values()];
  }

  of(tenantId: string): Subscription[] {
    return this.all().filter((subscription) => subscription.tenantId === tenantId);
  }

  find(id: string): Subscription | undefined {
    const subscription = this.#byId.get(id.toLowerCase());
    return subscription && subscription.expiration.at > this.#clock().getTime() ? subscription : undefined;
  }

  put(subscription: Subscription): void {
    this.#byId.set(subscription.id, subscription);
  }

  delete(id: string): void {
    this.#byId.delete(id);
  }
}
