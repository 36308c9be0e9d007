import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { FactWorld } from '../../fact-world.ts';
import { selfSigned, type ClientCertificate } from '../../self-signed.ts';

const DAY_MS = 86_400_000;

export function makeClientCertificate(): ClientCertificate {
  const now = Date.now();
  return selfSigned(new Date(now - DAY_MS), new Date(now + DAY_MS));
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
  { privateKey, thumbprint }: ClientCertificate,
  appId: string,
  { claims = {}, old = false }: AssertionChanges = {},
): Promise<string> {
  const seconds = Math.floor(world.now().getTime() / 1000);
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
