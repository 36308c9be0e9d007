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
 * An assertion may be used until it ends, as MSAL does.
 * @throws EntraError 50027 for what is no JWT, 700027 for a wrong certificate or signature, 700023 for a wrong audience,
 *   700024 outside its time.
 */
export async function verifyClientAssertion({
  application,
  assertion,
  audiences,
  now,
}: ClientAssertion): Promise<void> {
  const certificate = certificateOf(application, header(assertion), now);
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

function certificateOf(application: Application, header: ProtectedHeaderParameters, now: Date): X509Certificate {
  const certificates = (application.keyCredentials ?? []).map((key) => new X509Certificate(key.certificatePem));
  const found = certificates.find(
    ({ raw }) => header['x5t#S256'] === thumbprint('sha256', raw) || header.x5t === thumbprint('sha1', raw),
  );
  if (found === undefined) {
    throw new EntraError(
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application.`,
    );
  }
  if (now <= new Date(found.validTo)) return found;
  throw new EntraError(700027, `The certificate used to sign the client assertion is expired on application.`);
}

function thumbprint(algorithm: 'sha1' | 'sha256', der: Buffer): string {
  return createHash(algorithm).update(der).digest('base64url');
}

function refusal(cause: unknown): EntraError {
  if (cause instanceof errors.JWTClaimValidationFailed && cause.claim === 'aud') {
    return new EntraError(700023, undefined, cause);
  }
  const isOutsideItsTime =
    cause instanceof errors.JWTExpired || (cause instanceof errors.JWTClaimValidationFailed && cause.claim === 'nbf');
  if (isOutsideItsTime) return new EntraError(700024, undefined, cause);
  return new EntraError(700027, 'The client assertion signature or one of its claims is not valid.', cause);
}
