import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';

interface SigningKey {
  readonly kid: string;
  readonly publicPem: string;
  readonly publicJwk: JWK;
}

/** The keys of our own tokens. */
export interface SigningKeys {
  readonly current: { readonly kid: string; readonly privatePem: string };
  /** The public key in PEM of a key id of ours. */
  find(kid: string | undefined): string | undefined;
  /** A JWK Set (RFC 7517 section 5). */
  readonly published: { readonly keys: readonly JWK[] };
}

/**
 * Reads P-256 private keys in PEM, one after the other: the first signs, all verify, so that a new key can go first
 * while tokens of the old one live. A key's id is its thumbprint (RFC 7638), the same in every process.
 * @throws TypeError that shows nothing of the key.
 */
export async function readSigningKeys(pem: string): Promise<SigningKeys> {
  const blocks = pem.match(/-----BEGIN [A-Z ]+-----[\s\S]+?-----END [A-Z ]+-----/g) ?? [];
  const privateKeys = blocks.map(readPrivateKey);
  const [first] = privateKeys;
  if (!first) throw new TypeError('SESSION_SIGNING_KEY has no private key in PEM');

  const keys = await Promise.all(privateKeys.map(describe));
  return {
    current: { kid: keys[0]?.kid ?? '', privatePem: first.export({ type: 'pkcs8', format: 'pem' }).toString() },
    find: (kid) => keys.find((key) => key.kid === kid)?.publicPem,
    published: { keys: keys.map((key) => key.publicJwk) },
  };
}

function readPrivateKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  } catch {
    // Node's message may quote the input.
  }
  throw new TypeError('SESSION_SIGNING_KEY has a block that is no P-256 private key');
}

async function describe(privateKey: KeyObject): Promise<SigningKey> {
  const publicKey = createPublicKey(privateKey);
  const jwk = publicKey.export({ format: 'jwk' }) as JWK;
  const kid = await calculateJwkThumbprint(jwk);
  return {
    kid,
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    publicJwk: { ...jwk, kid, alg: 'ES256', use: 'sig' },
  };
}
