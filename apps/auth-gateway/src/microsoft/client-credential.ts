import { createHash, createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { type ClientAuth, ClientSecretPost, modifyAssertion, PrivateKeyJwt } from 'openid-client';

/** How the application proves itself to Microsoft. */
export type ClientCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  /** One PEM text with the certificate and its RSA private key. */
  | { readonly kind: 'certificate'; readonly pem: string };

/** @throws TypeError when the PEM text lacks a certificate or a matching RSA key; shows nothing of it. */
export async function clientAuthentication(credential: ClientCredential): Promise<ClientAuth> {
  return credential.kind === 'secret' ? ClientSecretPost(credential.secret) : byCertificate(credential.pem);
}

/** A client assertion (RFC 7523) as Entra wants it: PS256, the certificate named by `x5t#S256`, the token endpoint as audience. */
async function byCertificate(pem: string): Promise<ClientAuth> {
  const { thumbprint, pkcs8 } = readCertificate(pem);
  const algorithm = { name: 'RSA-PSS', hash: 'SHA-256' };
  const key = await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
  return (server, client, body, headers) =>
    PrivateKeyJwt(key, {
      [modifyAssertion]: (header, payload) => {
        header['x5t#S256'] = thumbprint;
        payload['aud'] = server.token_endpoint;
      },
    })(server, client, body, headers);
}

function readCertificate(pem: string): { thumbprint: string; pkcs8: Uint8Array<ArrayBuffer> } {
  try {
    const certificate = new X509Certificate(pem);
    const privateKey = createPrivateKey(pem);
    if (!certificate.checkPrivateKey(privateKey)) throw new TypeError('the key is of another certificate');
    return {
      thumbprint: createHash('sha256').update(certificate.raw).digest('base64url'),
      pkcs8: new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })),
    };
  } catch {
    // Node's message may quote the input.
    throw new TypeError('the client certificate file needs a certificate and its RSA private key, in PEM');
  }
}
