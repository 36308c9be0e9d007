import { createHash, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { SignJWT, type JWTPayload } from 'jose';
import { signCertificate } from '../../certificates/certificate.ts';

const VALID_MS = 5 * 365 * 86_400_000;
// Entra always has several valid keys (signing key rollover); the first one signs.
const KEY_COUNT = 2;

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

/** The platform's signing keys. They live as long as the process. */
export interface SigningKeys {
  readonly published: readonly PublishedKey[];
  /** Signs a JWT by RS256 with the current key. */
  sign(claims: JWTPayload): Promise<string>;
  /** The public key of a `kid`, or undefined. */
  find(kid: string | undefined): KeyObject | undefined;
}

interface SigningKey {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly published: PublishedKey;
}

export async function createSigningKeys(clock: () => Date): Promise<SigningKeys> {
  const keys = await Promise.all(Array.from({ length: KEY_COUNT }, () => newKey(clock())));
  const [current] = keys;
  if (current === undefined) throw new Error('no signing key was made');
  return {
    published: keys.map((key) => key.published),
    sign: (claims) => sign(current, claims),
    find: (kid) => keys.find((key) => key.published.kid === kid)?.publicKey,
  };
}

function sign(key: SigningKey, claims: JWTPayload): Promise<string> {
  const { kid, x5t } = key.published;
  return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid, x5t }).sign(key.privateKey);
}

async function newKey(now: Date): Promise<SigningKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
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
