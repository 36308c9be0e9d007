/** What can be wrong with a token; `missing:nonce` leaves the claim `nonce` out. */
export const TOKEN_DEFECTS = [
  'bad-signature',
  'unknown-kid',
  'alg-none',
  'wrong-issuer',
  'wrong-audience',
  'wrong-nonce',
  'expired',
  'not-yet-valid',
] as const;
export type TokenDefect = (typeof TOKEN_DEFECTS)[number] | `missing:${string}`;

export type TokenKind = 'id_token' | 'access_token';

/** Which tokens are to be spoilt, and how. */
export interface TokenDefectOrder {
  readonly defect: TokenDefect;
  readonly token: TokenKind;
  /** Only those of this application; those of any by default. */
  readonly appId?: string;
  /** How many tokens; every one by default. */
  readonly times?: number;
  /** Until this moment, by the emulator's clock; for ever by default. */
  readonly until?: Date;
}

interface Standing {
  readonly order: TokenDefectOrder;
  left: number;
}

/** The orders that stand. The oldest one that fits a token spoils it. */
export class TokenDefects {
  readonly #clock: () => Date;
  #standing: Standing[] = [];

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  order(order: TokenDefectOrder): void {
    this.#standing.push({ order, left: order.times ?? Number.POSITIVE_INFINITY });
  }

  /** What is to be wrong with the token that is about to be issued. */
  take(token: TokenKind, appId: string): TokenDefect | undefined {
    if (this.#standing.length === 0) return undefined;
    const found = this.#current().find(
      ({ order }) => order.token === token && (order.appId ?? appId).toLowerCase() === appId.toLowerCase(),
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.order.defect;
  }

  /** Those that stand, with `times` for how many tokens are still to be spoilt. */
  all(): TokenDefectOrder[] {
    return this.#current().map(({ order, left }) => (order.times === undefined ? order : { ...order, times: left }));
  }

  clear(): void {
    this.#standing = [];
  }

  #current(): readonly Standing[] {
    const now = this.#clock();
    this.#standing = this.#standing.filter(({ order, left }) => left > 0 && (order.until ?? now) >= now);
    return this.#standing;
  }
}
