import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { signCertificate } from '../../certificates/certificate.ts';
import { makeRsaKey } from '../../certificates/stored-key.ts';

const VALID_MS = 5 * 365 * 86_400_000;

/** A key as the keys endpoint publishes it, before `issuer` is added. */
export interface PublishedKey {
  readonly kty: 'RSA';
  readonly use: 'sig';
  readonly kid: string;
  readonly x5t: string;
  readonly n: string;
  readonly e: string;
  readonly x5c: readonly string[];
}

/**
 * `planned`: the key that was published in advance signs, and the next one is published. `immediate`: a key signs that
 * nobody has seen before, and the one before is gone, as after a leak.
 */
export type KeyRollover = 'planned' | 'immediate';

/** The platform's signing keys, which all tenants share. They live as long as the process. */
export interface SigningKeys {
  /** Several at any time: those that may sign, those that will and those that did. */
  readonly published: readonly PublishedKey[];
  /** A key for the tokens of personal accounts, which signs nothing here. */
  readonly consumerKey: PublishedKey;
  /** Signs a JWT by RS256 with the current key. */
  sign(claims: JWTPayload, header?: Partial<JWTHeaderParameters>): Promise<string>;
  /** The public key of a `kid`, or undefined. */
  find(kid: string | undefined): KeyObject | undefined;
  rotate(rollover: KeyRollover): Promise<void>;
  /** Drops the keys that signed before the current one. */
  retire(): void;
}

interface SigningKey {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly published: PublishedKey;
}

/** Where the keys of the start come from: making them costs more than all the rest of a start. */
export type FirstKeys = (name: 'current' | 'next' | 'consumer') => Promise<KeyObject>;

export async function createSigningKeys(clock: () => Date, firstKeys: FirstKeys): Promise<SigningKeys> {
  const load = async (name: Parameters<FirstKeys>[0]): Promise<SigningKey> =>
    toSigningKey(await firstKeys(name), clock());
  const [first, second, consumer] = await Promise.all([load('current'), load('next'), load('consumer')]);
  let [current, next] = [first, second];
  let former: SigningKey[] = [];
  const valid = () => [current, next, ...former];

  return {
    get published() {
      return valid().map((key) => key.published);
    },
    consumerKey: consumer.published,
    sign: (claims, header = {}) => sign(current, claims, header),
    find: (kid) => valid().find((key) => key.published.kid === kid)?.publicKey,
    async rotate(rollover) {
      const fresh = toSigningKey(await makeRsaKey(), clock());
      if (rollover === 'immediate') {
        current = fresh;
        return;
      }
      former = [...former, current];
      current = next;
      next = fresh;
    },
    retire() {
      former = [];
    },
  };
}

function sign(key: SigningKey, claims: JWTPayload, header: Partial<JWTHeaderParameters>): Promise<string> {
  const { kid, x5t } = key.published;
  return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid, x5t, ...header }).sign(key.privateKey);
}

function toSigningKey(privateKey: KeyObject, now: Date): SigningKey {
  const publicKey = createPublicKey(privateKey);
  const certificate = signCertificate({
    subject: 'accounts.accesscontrol.windows.net',
    publicKey,
    issuer: 'accounts.accesscontrol.windows.net',
    issuerKey: privateKey,
    notBefore: now,
    notAfter: new Date(now.getTime() + VALID_MS),
    extensions: [],
  });
  // Entra names a key by the SHA-1 thumbprint of its certificate (RFC 7517, 4.8).
  const kid = createHash('sha1').update(certificate.raw).digest('base64url');
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const x5c = [certificate.raw.toString('base64')];
  return { publicKey, privateKey, published: { kty: 'RSA', use: 'sig', kid, x5t: kid, n, e, x5c } };
}
