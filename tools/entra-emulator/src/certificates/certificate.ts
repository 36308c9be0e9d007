import { randomBytes, sign, X509Certificate, type KeyObject } from 'node:crypto';
import {
  bitString,
  contextConstructed,
  nullValue,
  objectIdentifier,
  positiveInteger,
  sequence,
  setOf,
  time,
  utf8String,
} from './der.ts';

/** What a certificate says and who signs it. Names are common names; the key types are EC P-256 and RSA. */
export interface CertificateRequest {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly issuer: string;
  readonly issuerKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER of each extension. */
  readonly extensions: readonly Buffer[];
}

/** Signs an X.509 version 3 certificate (RFC 5280, 4.1) with SHA-256. */
export function signCertificate(request: CertificateRequest): X509Certificate {
  const algorithm = signatureAlgorithm(request.issuerKey);
  const toBeSigned = sequence(
    contextConstructed(0, positiveInteger(Buffer.from([2]))),
    positiveInteger(serialNumber()),
    algorithm,
    commonName(request.issuer),
    sequence(time(request.notBefore), time(request.notAfter)),
    commonName(request.subject),
    request.publicKey.export({ type: 'spki', format: 'der' }),
    ...(request.extensions.length > 0 ? [contextConstructed(3, sequence(...request.extensions))] : []),
  );
  const signature = sign('sha256', toBeSigned, request.issuerKey);
  return new X509Certificate(sequence(toBeSigned, algorithm, bitString(signature)));
}

/** RFC 5758, 3.2 (ecdsa-with-SHA256 takes no parameters) and RFC 4055, 5 (sha256WithRSAEncryption takes NULL). */
function signatureAlgorithm(key: KeyObject): Buffer {
  return key.asymmetricKeyType === 'rsa'
    ? sequence(objectIdentifier('1.2.840.113549.1.1.11'), nullValue())
    : sequence(objectIdentifier('1.2.840.10045.4.3.2'));
}

/** RFC 5280, 4.1.2.2: positive, unique, at most 20 octets. */
function serialNumber(): Buffer {
  return Buffer.concat([Buffer.from([1]), randomBytes(15)]);
}

function commonName(name: string): Buffer {
  return sequence(setOf(sequence(objectIdentifier('2.5.4.3'), utf8String(name))));
}
