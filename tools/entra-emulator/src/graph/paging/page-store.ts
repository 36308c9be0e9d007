import { randomBytes } from 'node:crypto';

interface Entry<State> {
  readonly state: State;
  readonly size: number;
  readonly expiresAt: number;
}

/** What all states of a store may hold together, in ids; a state costs some by itself. About a hundred megabytes. */
const CAPACITY = 5_000_000;
const SIZE_OF_STATE = 50;

/**
 * Remembers what the opaque tokens of nextLinks stand for. A token may be used again until it expires, and then gives
 * the same page. When too many are remembered the oldest expire early, as Graph's do under load.
 */
export class PageStore<State> {
  readonly #states = new Map<string, Entry<State>>();
  readonly #lifetimeMs: number;
  readonly #clock: () => Date;
  #size = 0;

  constructor(lifetimeMs: number, clock: () => Date) {
    this.#lifetimeMs = lifetimeMs;
    this.#clock = clock;
  }

  /** `ids` is how many ids the state holds that no state before it does. */
  issue(state: State, ids = 0): string {
    const now = this.#clock().getTime();
    const token = randomBytes(30).toString('base64url');
    const size = SIZE_OF_STATE + ids;
    this.#states.set(token, { state, size, expiresAt: now + this.#lifetimeMs });
    this.#size += size;
    this.#dropOldest(now, token);
    return token;
  }

  /** Undefined for a token that is unknown or has expired. */
  read(token: string): State | undefined {
    const entry = this.#states.get(token);
    return entry && entry.expiresAt > this.#clock().getTime() ? entry.state : undefined;
  }

  #dropOldest(now: number, newest: string): void {
    for (const [token, { size, expiresAt }] of this.#states) {
      // Oldest first: the first one that may stay ends the search.
      if (token === newest || (expiresAt > now && this.#size <= CAPACITY)) return;
      this.#states.delete(token);
      this.#size -= size;
    }
  }
}
