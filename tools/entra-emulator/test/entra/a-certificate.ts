import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { signCertificate } from '../../src/certificates/certificate.ts';

/** A client's self-signed certificate and its key. */
export interface ClientCertificate {
  certificatePem: string;
  privateKey: KeyObject;
  /** base64url, as `x5t` and `x5t#S256` have it. */
  thumbprint(algorithm: 'sha1' | 'sha256'): string;
}

export function aCertificate(): ClientCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const now = Date.now();
  const certificate = signCertificate({
    subject: 'client',
    publicKey,
    issuer: 'client',
    issuerKey: privateKey,
    notBefore: new Date(now),
    notAfter: new Date(now + 86_400_000),
    extensions: [],
  });
  const thumbprint = (algorithm: string) => createHash(algorithm).update(certificate.raw).digest('base64url');
  return { certificatePem: certificate.toString(), privateKey, thumbprint };
}
