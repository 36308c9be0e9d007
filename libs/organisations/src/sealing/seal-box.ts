import { createHmac } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

/** Named keys of 32 bytes: the current one seals, all of them open. */
export interface SealingKeys {
  readonly current: { readonly id: string; readonly key: Buffer };
  readonly find: (id: string) => Buffer | undefined;
}

/** Where a sealed value belongs. It opens nowhere else. */
export interface SealedPlace {
  readonly organisationId: string;
  readonly field: string;
}

/** The value can't be opened: another key, another place, or tampered with. Says no more on purpose. */
export class SealError extends Error {
  readonly code = 'seal-broken';
  readonly retriable = false;

  constructor(place: SealedPlace, options?: ErrorOptions) {
    super(`the sealed ${place.field} of organisation ${place.organisationId} can't be opened`, options);
    this.name = 'SealError';
  }
}

/** Seals values as compact JWE (RFC 7516, `dir` + A256GCM). */
export interface SealBox {
  seal(text: string, place: SealedPlace): Promise<string>;
  /** @throws SealError */
  open(sealed: string, place: SealedPlace): Promise<string>;
  /** The same for equal texts, so that one can be looked up and be unique without being readable. */
  blindIndex(text: string): string;
}

/** @param indexKey 32 bytes for blind indexes alone: it outlives the rotation of sealing keys. */
export function createSealBox(keys: SealingKeys, indexKey: Buffer): SealBox {
  return {
    seal: (text, place) =>
      // The protected header is authenticated as additional data (RFC 7516 section 5.1), which binds value and place.
      new CompactEncrypt(Buffer.from(text))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: keys.current.id, place: placeText(place) })
        .encrypt(keys.current.key),
    open: (sealed, place) => open(keys, sealed, place),
    blindIndex: (text) => createHmac('sha256', indexKey).update(text.toLowerCase()).digest('base64url'),
  };
}

const placeText = ({ organisationId, field }: SealedPlace) => `${organisationId}/${field}`;

async function open(keys: SealingKeys, sealed: string, place: SealedPlace): Promise<string> {
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, (header) => {
      const key = keys.find(header.kid ?? '');
      if (!key) throw new TypeError('unknown key');
      return key;
    });
    if (protectedHeader['place'] !== placeText(place)) throw new TypeError('another place');
    return Buffer.from(plaintext).toString();
  } catch (cause) {
    throw new SealError(place, { cause });
  }
}
