import { createHash, generateKeyPairSync, type KeyObject, type X509Certificate } from 'node:crypto';
import { signCertificate } from '../certificates/certificate.ts';

/** A client's own certificate and its key. */
export interface ClientCertificate {
  readonly certificate: X509Certificate;
  readonly privateKey: KeyObject;
  /** base64url, as `x5t` and `x5t#S256` have it. */
  readonly thumbprint: (algorithm: 'sha1' | 'sha256') => string;
}

/** A certificate as a client makes one for itself, valid between the two moments. */
export function selfSigned(notBefore: Date, notAfter: Date): ClientCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const subject = 'client';
  const certificate = signCertificate({
    subject,
    publicKey,
    issuer: subject,
    issuerKey: privateKey,
    notBefore,
    notAfter,
    extensions: [],
  });
  const thumbprint = (algorithm: string) => createHash(algorithm).update(certificate.raw).digest('base64url');
  return { certificate, privateKey, thumbprint };
}
