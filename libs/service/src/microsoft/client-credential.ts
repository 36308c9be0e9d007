import { createPrivateKey, X509Certificate } from 'node:crypto';

/** How the application proves itself to Microsoft. */
export type ClientCredential = ClientSecret | ClientCertificate;

export interface ClientSecret {
  readonly kind: 'secret';
  readonly secret: string;
  /** As whoever set it up has said; Microsoft doesn't tell. */
  readonly expiresAt: Date | null;
}

export interface ClientCertificate {
  readonly kind: 'certificate';
  /** The certificate and its RSA private key, in one PEM text. */
  readonly pem: string;
  readonly validFrom: Date;
  readonly expiresAt: Date;
}

/** @throws TypeError when the text lacks a certificate or a matching RSA key; shows nothing of it. */
export function clientCertificate(pem: string): ClientCertificate {
  try {
    const certificate = new X509Certificate(pem);
    const privateKey = createPrivateKey(pem);
    if (privateKey.asymmetricKeyType !== 'rsa' || !certificate.checkPrivateKey(privateKey)) throw new TypeError();
    const { validFrom, validTo } = certificate;
    return { kind: 'certificate', pem, validFrom: new Date(validFrom), expiresAt: new Date(validTo) };
  } catch {
    // Node's message may quote the input.
    throw new TypeError('the client certificate file needs a certificate and its RSA private key, in PEM');
  }
}

const expires = ({ expiresAt }: ClientCredential, now: Date) => expiresAt !== null && expiresAt <= now;
const begins = (credential: ClientCredential, now: Date) =>
  credential.kind === 'certificate' && credential.validFrom > now;

/** Those that prove the application at a time, in the order in which they are to be tried. */
export const usable = (credentials: readonly ClientCredential[], now: Date): ClientCredential[] =>
  credentials.filter((credential) => !expires(credential, now) && !begins(credential, now));
