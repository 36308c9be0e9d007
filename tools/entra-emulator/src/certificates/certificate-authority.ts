import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { signCertificate } from './certificate.ts';
import { authorityExtensions } from './certificate-extensions.ts';
import { readIfPresent, replaceFile, storedKey } from './stored-key.ts';
import { validityFrom, wearsOff } from './validity.ts';

/** The subject of the emulator's authority, as a certificate viewer shows it. */
export const AUTHORITY_NAME = 'Entra emulator local CA';
const AUTHORITY_DAYS = 3650;

/** A certificate authority: its public file, and the key it signs with. */
export interface CertificateAuthority {
  readonly caFile: string;
  readonly caPem: string;
  readonly key: KeyObject;
}

/**
 * The authority kept in a folder (`ca.pem`, and `ca-key.pem` with mode 0600), made when there is none and renewed with
 * the same key 30 days before it expires. Safe when several processes ask at once: the key is made only once, and any
 * certificate of that key and name verifies what the others issue.
 */
export async function ensureCertificateAuthority(
  directory: string,
  now: () => Date = () => new Date(),
): Promise<CertificateAuthority> {
  await mkdir(directory, { recursive: true });
  const key = await storedKey(join(directory, 'ca-key.pem'));
  const caFile = join(directory, 'ca.pem');
  const existing = await readIfPresent(caFile);
  if (existing !== undefined && isUsable(existing, key, now())) return { caFile, caPem: existing, key };
  const caPem = selfSigned(key, now());
  await replaceFile(caFile, caPem);
  return { caFile, caPem, key };
}

function isUsable(pem: string, key: KeyObject, now: Date): boolean {
  const certificate = new X509Certificate(pem);
  return certificate.checkPrivateKey(key) && !wearsOff(certificate, now);
}

function selfSigned(key: KeyObject, now: Date): string {
  const publicKey = createPublicKey(key);
  return signCertificate({
    subject: AUTHORITY_NAME,
    publicKey,
    issuer: AUTHORITY_NAME,
    issuerKey: key,
    ...validityFrom(now, AUTHORITY_DAYS),
    extensions: authorityExtensions(publicKey),
  }).toString();
}
