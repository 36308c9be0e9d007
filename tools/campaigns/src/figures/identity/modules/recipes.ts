import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type FakeOp, KID, type Recipe } from '@learnamp/testkit';
import { exportJWK, type JWK, type JWTHeaderParameters, SignJWT } from 'jose';
import { CLIENT_ID, CLIENT_SECRET } from '../stage/stage.ts';

type Claims = Record<string, unknown>;

export const claims = (change: (claims: Claims) => Claims): Recipe => ({ claims: change });

export const omit = (all: Claims, name: string): Claims =>
  Object.fromEntries(Object.entries(all).filter(([each]) => each !== name));

export const without = (name: string): Recipe => claims((all) => omit(all, name));

/** A claim with one letter more. */
export const longer = (name: string): Recipe => claims((all) => ({ ...all, [name]: `${String(all[name])}1` }));

const now = () => Math.floor(Date.now() / 1000);

/** Times as a clock has them that is so many seconds ahead. */
export const ahead = (seconds: number): Recipe =>
  claims((all) => ({ ...all, iat: now() + seconds, nbf: now() + seconds, exp: now() + seconds + 3600 }));

export const expired = (): Recipe => claims((all) => ({ ...all, exp: now() - 360 }));

export const secondAudience = (): Recipe =>
  claims((all) => ({ ...all, aud: [CLIENT_ID, 'another-client'], azp: CLIENT_ID }));

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export const unsigned = (): Recipe => ({ sign: (all) => `${encode({ alg: 'none' })}.${encode(all)}.` });

export const signedBy = (key: KeyObject, header: JWTHeaderParameters): Recipe => ({
  sign: (all) => new SignJWT(all).setProtectedHeader(header).sign(key),
});

export const corrupted = (op: FakeOp): Recipe => ({
  sign: async (all) => {
    const token = await new SignJWT(all).setProtectedHeader({ alg: 'RS256', kid: KID }).sign(op.signingKey);
    const [header = '', body = '', signature = ''] = token.split('.');
    const bytes = Buffer.from(signature, 'base64url');
    bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
    return `${header}.${body}.${bytes.toString('base64url')}`;
  },
});

const ecKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const strangersKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** By an EC key that the provider publishes as well. */
export const byEs256 = (): Recipe => ({
  ...signedBy(ecKeys.privateKey, { alg: 'ES256', kid: 'an-ec-key' }),
  keys: async (keys) => [...keys, { ...(await exportJWK(ecKeys.publicKey)), kid: 'an-ec-key' }],
});

/** jose makes no MAC with a public key, so it is made by hand. */
const byMac = (secret: string): Recipe => ({
  sign: (all) => {
    const input = `${encode({ alg: 'HS256', kid: KID })}.${encode(all)}`;
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  },
});

export const byClientSecret = (): Recipe => byMac(CLIENT_SECRET);

export const byPublicKeyAsSecret = (op: FakeOp): Recipe =>
  byMac(createPublicKey(op.signingKey).export({ type: 'spki', format: 'pem' }).toString());

export const byEmbeddedKey = (): Recipe => ({
  sign: async (all) =>
    new SignJWT(all)
      .setProtectedHeader({ alg: 'RS256', jwk: await exportJWK(strangersKeys.publicKey) })
      .sign(strangersKeys.privateKey),
});

export const withUnknownCrit = (op: FakeOp): Recipe => ({
  sign: (all) =>
    new SignJWT(all)
      .setProtectedHeader({ alg: 'RS256', kid: KID, crit: ['exp2'], exp2: 1 })
      .sign(op.signingKey, { crit: { exp2: true } }),
});

/** A new key in place of the one before. */
export const rotated = (kid: string): Recipe => ({
  ...signedBy(strangersKeys.privateKey, { alg: 'RS256', kid }),
  keys: async () => [{ ...(await exportJWK(strangersKeys.publicKey)), kid, use: 'sig' }],
});

/** By a key that is larger than any that Microsoft has, and that is published like the others. */
export function byHugeKey(): Recipe {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 5120 });
  return {
    ...signedBy(privateKey, { alg: 'RS256', kid: 'huge' }),
    keys: async (keys) => [...keys, { ...(await exportJWK(publicKey)), kid: 'huge', use: 'sig' }],
  };
}

/** As many keys as nobody has, each with a certificate as Microsoft's have one. */
export const hundredKeys = (): Recipe => ({
  keys: (keys) => [...Array.from({ length: 99 }, (_, number) => ({ ...keys[0], ...otherKey(number) })), ...keys],
});

const otherKey = (number: number): JWK => ({ kty: 'RSA', kid: `other-${number}`, x5c: ['A'.repeat(1_400)] });
