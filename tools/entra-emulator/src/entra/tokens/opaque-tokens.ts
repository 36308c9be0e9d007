import { randomBytes } from 'node:crypto';

/** A value that was handed out under a random name. */
export interface Issued<Value> {
  readonly value: Value;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
}

/** Codes and refresh tokens: names that say nothing, and what they stand for. They are forgotten when they are old. */
export class OpaqueTokens<Value> {
  readonly #clock: () => Date;
  readonly #rememberedMs: number;
  #issued = new Map<string, Issued<Value>>();

  constructor(clock: () => Date, rememberedMs: number) {
    this.#clock = clock;
    this.#rememberedMs = rememberedMs;
  }

  issue(value: Value): string {
    const issuedAt = this.#clock().getTime();
    this.#forgetOlderThan(issuedAt - this.#rememberedMs);
    const token = `1.${randomBytes(64).toString('base64url')}`;
    this.#issued.set(token, { value, issuedAt });
    return token;
  }

  find(token: string): Issued<Value> | undefined {
    return this.#issued.get(token);
  }

  /** Remembers all tokens. Returns the function that brings them back, and no others. */
  snapshot(): () => void {
    const issued = new Map(this.#issued);
    return () => {
      this.#issued = new Map(issued);
    };
  }

  #forgetOlderThan(oldest: number): void {
    // Oldest first: the first one that is young enough ends the search.
    for (const [token, { issuedAt }] of this.#issued) {
      if (issuedAt >= oldest) return;
      this.#issued.delete(token);
    }
  }
}
