import type { Subscription } from './subscription.ts';

/** The subscriptions of a tenant. Those that have expired are gone without a word. */
export class Subscriptions {
  readonly #byId = new Map<string, Subscription>();
  readonly #clock: () => Date;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  all(): Subscription[] {
    const now = this.#clock().getTime();
    for (const subscription of this.#byId.values()) {
      if (subscription.expiresAt <= now) this.#byId.delete(subscription.id);
    }
    return [...this.#byId.values()];
  }

  find(id: string): Subscription | undefined {
    return this.all().find((subscription) => subscription.id === id.toLowerCase());
  }

  put(subscription: Subscription): void {
    this.#byId.set(subscription.id, subscription);
  }

  delete(id: string): void {
    this.#byId.delete(id);
  }
}
