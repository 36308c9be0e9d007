import { createHash, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { AUTHORITY_NAME, ensureCertificateAuthority, type CertificateAuthority } from './certificate-authority.ts';
import { signCertificate } from './certificate.ts';
import { serverExtensions } from './certificate-extensions.ts';
import { readIfPresent, replaceFile, storedKey } from './stored-key.ts';
import { validityFrom, wearsOff } from './validity.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];
// Apple's and Chromium's limit for a server's certificate is 398 days.
const SERVER_DAYS = 365;

/** A TLS server's certificate and key, as PEM and as files. */
export interface ServerCertificate {
  readonly certPem: string;
  readonly keyPem: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/**
 * A certificate of the folder's authority for localhost, 127.0.0.1, ::1 and the given host names and addresses.
 * Kept beside the authority under a name of its own for each set of hosts, and reused until 30 days before it expires.
 */
export async function issueCertificate(
  directory: string,
  hosts: readonly string[] = [],
  now: () => Date = () => new Date(),
): Promise<ServerCertificate> {
  const authority = await ensureCertificateAuthority(directory, now);
  const names = [...new Set([...LOOPBACK, ...hosts])];
  const base = join(directory, fileName(names));
  const files = { certFile: `${base}.pem`, keyFile: `${base}-key.pem` };
  const key = await storedKey(files.keyFile);
  const keyPem = key.export({ type: 'pkcs8', format: 'pem' }).toString();

  const existing = await readIfPresent(files.certFile);
  if (existing !== undefined && isUsable(existing, key, authority, now()))
    return { certPem: existing, keyPem, ...files };
  const certPem = serverCertificate(names, key, authority, now());
  await replaceFile(files.certFile, certPem);
  return { certPem, keyPem, ...files };
}

function fileName(names: readonly string[]): string {
  if (names.length === LOOPBACK.length) return 'server';
  return `server-${createHash('sha256').update(names.toSorted().join(' ')).digest('hex').slice(0, 12)}`;
}

function isUsable(pem: string, key: KeyObject, authority: CertificateAuthority, now: Date): boolean {
  const certificate = new X509Certificate(pem);
  return (
    certificate.checkPrivateKey(key) &&
    certificate.verify(createPublicKey(authority.key)) &&
    !wearsOff(certificate, now)
  );
}

function serverCertificate(
  names: readonly string[],
  key: KeyObject,
  authority: CertificateAuthority,
  now: Date,
): string {
  const publicKey = createPublicKey(key);
  return signCertificate({
    subject: names.find((name) => isIP(name) === 0) ?? 'localhost',
    publicKey,
    issuer: AUTHORITY_NAME,
    issuerKey: authority.key,
    ...validityFrom(now, SERVER_DAYS),
    extensions: serverExtensions(publicKey, createPublicKey(authority.key), names),
  }).toString();
}
