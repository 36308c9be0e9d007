import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ObjectKind } from '../../directory/change.ts';

/** Seven days: how long a deltaLink of directory objects lives. */
const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** What a round asks for. A deltaLink carries it, so that callers never repeat it. */
export interface DeltaQuery {
  readonly kind: ObjectKind;
  readonly select?: readonly string[];
  /** Only these objects. */
  readonly ids?: readonly string[];
}

/** Where the next round begins. */
export interface DeltaToken extends DeltaQuery {
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
}

/** Seals and opens the tokens of deltaLinks. The key dies with the emulator, and with it every link. */
export class DeltaTokens {
  readonly #key = randomBytes(32);
  readonly #clock: () => Date;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  seal(query: DeltaQuery, sequence: number): string {
    const token: DeltaToken = { ...query, sequence, issuedAt: this.#clock().getTime() };
    const text = Buffer.from(JSON.stringify(token)).toString('base64url');
    return `${text}.${this.#mac(text).toString('base64url')}`;
  }

  /** Undefined for a token that isn't ours or has expired. */
  open(sealed: string): DeltaToken | undefined {
    const [text = '', mac = ''] = sealed.split('.');
    const given = Buffer.from(mac, 'base64url');
    const expected = this.#mac(text);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const token = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as DeltaToken;
    return token.issuedAt + LIFETIME_MS > this.#clock().getTime() ? token : undefined;
  }

  #mac(text: string): Buffer {
    return createHmac('sha256', this.#key).update(text).digest();
  }
}
