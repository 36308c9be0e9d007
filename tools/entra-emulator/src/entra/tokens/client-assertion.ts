import { createHash, X509Certificate } from 'node:crypto';
import { decodeProtectedHeader, errors, jwtVerify, type ProtectedHeaderParameters } from 'jose';
import type { Application } from '../ports.ts';
import { EntraError } from '../errors/entra-error.ts';

export interface ClientAssertion {
  readonly application: Application;
  readonly assertion: string;
  readonly audiences: readonly string[];
  readonly now: Date;
}

/** Entra tolerates five minutes between its clock and the client's. */
const CLOCK_TOLERANCE_SECONDS = 300;

/**
 * Checks a client assertion made with a registered certificate: PS256 with `x5t#S256`, or the older RS256 with `x5t`.
 * @throws EntraError 700027 for a wrong certificate or signature, 700023 for a wrong audience.
 */
export async function verifyClientAssertion({
  application,
  assertion,
  audiences,
  now,
}: ClientAssertion): Promise<void> {
  const certificate = certificateOf(application, header(assertion));
  try {
    await jwtVerify(assertion, certificate.publicKey, {
      algorithms: ['PS256', 'RS256'],
      issuer: application.appId,
      subject: application.appId,
      audience: [...audiences],
      requiredClaims: ['exp', 'jti'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: now,
    });
  } catch (cause) {
    throw refusal(cause);
  }
}

function header(assertion: string): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(assertion);
  } catch (cause) {
    throw new EntraError(50027, 'JWT token is invalid or malformed.', cause);
  }
}

function certificateOf(application: Application, header: ProtectedHeaderParameters): X509Certificate {
  const certificates = (application.keyCredentials ?? []).map((key) => new X509Certificate(key.certificatePem));
  const found = certificates.find(
    ({ raw }) => header['x5t#S256'] === thumbprint('sha256', raw) || header.x5t === thumbprint('sha1', raw),
  );
  if (found !== undefined) return found;
  throw new EntraError(
    700027,
    `The certificate with identifier used to sign the client assertion is not registered on application.`,
  );
}

function thumbprint(algorithm: 'sha1' | 'sha256', der: Buffer): string {
  return createHash(algorithm).update(der).digest('base64url');
}

function refusal(cause: unknown): EntraError {
  if (cause instanceof errors.JWTClaimValidationFailed && cause.claim === 'aud') {
    return new EntraError(700023, 'Client assertion audience claim does not match Realm issuer.', cause);
  }
  if (cause instanceof errors.JWTExpired) {
    return new EntraError(700024, 'Client assertion is not within its valid time range.', cause);
  }
  return new EntraError(700027, 'The client assertion signature or one of its claims is not valid.', cause);
}
