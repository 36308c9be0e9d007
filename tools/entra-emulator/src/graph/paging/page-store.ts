import { randomBytes } from 'node:crypto';

/**
 * Remembers what the opaque tokens of nextLinks stand for. A token may be used again until it expires, and then gives
 * the same page. States are dropped when they expire.
 */
export class PageStore<State> {
  readonly #states = new Map<string, { readonly state: State; readonly expiresAt: number }>();
  readonly #lifetimeMs: number;
  readonly #clock: () => Date;

  constructor(lifetimeMs: number, clock: () => Date) {
    this.#lifetimeMs = lifetimeMs;
    this.#clock = clock;
  }

  issue(state: State): string {
    this.#dropExpired();
    const token = randomBytes(30).toString('base64url');
    this.#states.set(token, { state, expiresAt: this.#clock().getTime() + this.#lifetimeMs });
    return token;
  }

  /** Undefined for a token that is unknown or has expired. */
  read(token: string): State | undefined {
    const entry = this.#states.get(token);
    return entry && entry.expiresAt > this.#clock().getTime() ? entry.state : undefined;
  }

  #dropExpired(): void {
    const now = this.#clock().getTime();
    for (const [token, { expiresAt }] of this.#states) {
      // Oldest first: the first one still valid ends the search.
      if (expiresAt > now) return;
      this.#states.delete(token);
    }
  }
}
