/** What became of one attempt to deliver. */
export type DeliveryOutcome = 'delivered' | 'refused' | 'timed-out' | 'unreachable' | 'dropped';

/** One attempt to post to an endpoint, or a decision not to try. */
export interface DeliveryEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly url: string;
  readonly subscriptionIds: readonly string[];
  readonly notifications: number;
  /** Counted from 1. */
  readonly attempt: number;
  readonly outcome: DeliveryOutcome;
  /** Absent when there was no answer. */
  readonly status?: number;
  readonly ms: number;
  /** When it is tried again; absent when it is not. */
  readonly retryAt?: number;
}

const MAX_ENTRIES = 1000;

/** The last thousand attempts, oldest first. */
export class DeliveryLog {
  #entries: DeliveryEntry[] = [];

  add(entry: DeliveryEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > MAX_ENTRIES) this.#entries.shift();
  }

  entries(): readonly DeliveryEntry[] {
    return [...this.#entries];
  }

  reset(): void {
    this.#entries = [];
  }
}
