import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const IV_LENGTH = 12;
const TAG_LENGTH = 16;

/**
 * Turns what a link stands for into an opaque token, and back: nothing has to be remembered of links that were handed
 * out. The key dies with its owner, and with it every token.
 */
export class SealedTokens<Content extends object> {
  #key = randomBytes(32);
  readonly #lifetimeMs: number;
  readonly #clock: () => Date;

  constructor(lifetimeMs: number, clock: () => Date) {
    this.#lifetimeMs = lifetimeMs;
    this.#clock = clock;
  }

  seal(content: Content): string {
    const iv = randomBytes(IV_LENGTH);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv);
    const text = JSON.stringify({ content, expiresAt: this.#clock().getTime() + this.#lifetimeMs });
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([sealed, cipher.getAuthTag()]).toString('base64url');
  }

  /** Undefined for a token that isn't ours or has expired. */
  open(token: string): Content | undefined {
    const text = this.#decipher(Buffer.from(token, 'base64url'));
    if (text === undefined) return undefined;
    const { content, expiresAt } = JSON.parse(text) as { content: Content; expiresAt: number };
    return expiresAt > this.#clock().getTime() ? content : undefined;
  }

  /** From now on no token of those handed out so far is ours. */
  revoke(): void {
    this.#key = randomBytes(32);
  }

  #decipher(bytes: Buffer): string | undefined {
    if (bytes.length <= IV_LENGTH + TAG_LENGTH) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, IV_LENGTH));
    decipher.setAuthTag(bytes.subarray(-TAG_LENGTH));
    try {
      return decipher.update(bytes.subarray(IV_LENGTH, -TAG_LENGTH), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return undefined;
    }
  }
}
