import { selfSigned, type ClientCertificate } from '../../src/conformance/self-signed.ts';

/** A client's self-signed certificate, good for a day, and as a PEM. */
export function aCertificate(): ClientCertificate & { readonly certificatePem: string } {
  const now = Date.now();
  const made = selfSigned(new Date(now), new Date(now + 86_400_000));
  return { ...made, certificatePem: made.certificate.toString() };
}
