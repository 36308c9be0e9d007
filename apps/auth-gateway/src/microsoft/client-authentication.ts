import { createHash, createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import type { ClientCertificate, ClientCredential, CredentialChoice } from '@learnamp/service';
import { type ClientAuth, ClientSecretPost, modifyAssertion, PrivateKeyJwt } from 'openid-client';

/** Proves the application to Microsoft by whichever of its credentials is current. */
export async function createClientAuthentication(
  credentials: readonly ClientCredential[],
  choice: CredentialChoice,
): Promise<ClientAuth> {
  const ways = new Map<ClientCredential, ClientAuth>();
  for (const credential of credentials) ways.set(credential, await authenticationBy(credential));
  return (...request) => ways.get(choice.current())?.(...request);
}

const authenticationBy = async (credential: ClientCredential): Promise<ClientAuth> =>
  credential.kind === 'secret' ? ClientSecretPost(credential.secret) : byCertificate(credential);

/** A client assertion (RFC 7523) as Entra wants it: PS256, the certificate named by `x5t#S256`, the token endpoint as audience. */
async function byCertificate({ pem }: ClientCertificate): Promise<ClientAuth> {
  const pkcs8 = new Uint8Array(createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' }));
  const thumbprint = createHash('sha256').update(new X509Certificate(pem).raw).digest('base64url');
  const key = await webcrypto.subtle.importKey('pkcs8', pkcs8, { name: 'RSA-PSS', hash: 'SHA-256' }, false, ['sign']);
  return (server, client, body, headers) =>
    PrivateKeyJwt(key, {
      [modifyAssertion]: (header, payload) => {
        header['x5t#S256'] = thumbprint;
        payload['aud'] = server.token_endpoint;
      },
    })(server, client, body, headers);
}
