import { createHash, generateKeyPairSync, randomUUID, type KeyObject, type X509Certificate } from 'node:crypto';
import { SignJWT } from 'jose';
import { signCertificate } from '../../../certificates/certificate.ts';
import type { FactWorld } from '../../fact-world.ts';

const DAY_MS = 86_400_000;

/** A client's own certificate and its key. */
export interface ClientCertificate {
  readonly certificate: X509Certificate;
  readonly privateKey: KeyObject;
}

export function makeClientCertificate(): ClientCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = signCertificate({
    subject: 'client',
    publicKey,
    issuer: 'client',
    issuerKey: privateKey,
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + DAY_MS),
    extensions: [],
  });
  return { certificate, privateKey };
}

/** How an assertion differs from the one that Entra's documents describe. */
export interface AssertionChanges {
  /** Undefined leaves a claim out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** RS256 with `x5t`, as older documents have it. */
  readonly old?: boolean;
}

/** A signed client assertion for the tenant's token endpoint. */
export function clientAssertion(
  world: FactWorld,
  { certificate, privateKey }: ClientCertificate,
  appId: string,
  { claims = {}, old = false }: AssertionChanges = {},
): Promise<string> {
  const seconds = Math.floor(world.now().getTime() / 1000);
  const thumbprint = (algorithm: string) => createHash(algorithm).update(certificate.raw).digest('base64url');
  const header = old
    ? { alg: 'RS256', typ: 'JWT', x5t: thumbprint('sha1') }
    : { alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint('sha256') };
  return new SignJWT({
    aud: `${world.emulator.authorityHost}/${world.emulator.tenantId}/oauth2/v2.0/token`,
    iss: appId,
    sub: appId,
    jti: randomUUID(),
    nbf: seconds,
    iat: seconds,
    exp: seconds + 600,
    ...claims,
  })
    .setProtectedHeader(header)
    .sign(privateKey);
}
