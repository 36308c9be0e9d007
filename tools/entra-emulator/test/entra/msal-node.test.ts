import { ConfidentialClientApplication, CryptoProvider, type AccountInfo, type INetworkModule } from '@azure/msal-node';
import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { aCertificate } from './a-certificate.ts';
import { aBrowser } from './a-browser.ts';
import { ada, anApplication, CALLBACK, TENANT_ID } from './a-directory.ts';
import { GRAPH_SCOPE } from './ask-for-token.ts';
import { openDoors } from './doors.ts';
import { answerIn } from './sign-in-url.ts';

const doors = openDoors();
const application = anApplication();
const secret = application.passwordCredentials[0]?.secretText ?? '';
beforeEach(() => void (doors.directory.registered = [application]));

/** MSAL's own way over the network, with the emulator's authority trusted. */
const networkClient: INetworkModule = {
  sendGetRequestAsync: (url: string, options?: { headers?: Record<string, string> }) =>
    msalAnswer(doors.send(url, { headers: options?.headers ?? {} })),
  sendPostRequestAsync: (url: string, options?: { headers?: Record<string, string>; body?: string }) =>
    msalAnswer(doors.send(url, { method: 'POST', headers: options?.headers ?? {}, body: options?.body ?? '' })),
};
async function msalAnswer(sent: Promise<Response>) {
  const response = await sent;
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: (await response.json()) as never,
  };
}
function msal(
  auth: { clientSecret: string } | { clientCertificate: { thumbprintSha256: string; privateKey: string } },
) {
  return new ConfidentialClientApplication({
    auth: {
      clientId: application.appId,
      authority: `${doors.https}/${TENANT_ID}`,
      knownAuthorities: [new URL(doors.https).host],
      ...auth,
    },
    system: { networkClient },
  });
}

describe('@azure/msal-node', () => {
  it('acquires a token by secret from the https door', async () => {
    const result = await msal({ clientSecret: secret }).acquireTokenByClientCredential({ scopes: [GRAPH_SCOPE] });

    expect(decodeJwt(result?.accessToken ?? '')).toMatchObject({ roles: ['User.Read.All'], appidacr: '1' });
  });

  it('reports a wrong secret by the number Entra gives it', async () => {
    await expect(
      msal({ clientSecret: 'wrong' }).acquireTokenByClientCredential({ scopes: [GRAPH_SCOPE] }),
    ).rejects.toMatchObject({
      errorCode: 'invalid_client',
      errorMessage: expect.stringContaining('7000215'),
    });
  });

  it('acquires a token by certificate, and not by one that is not registered', async () => {
    const [registered, stranger] = [aCertificate(), aCertificate()];
    doors.directory.registered = [anApplication({ keyCredentials: [registered] })];
    const by = (certificate: ReturnType<typeof aCertificate>) =>
      msal({
        clientCertificate: {
          thumbprintSha256: Buffer.from(certificate.thumbprint('sha256'), 'base64url').toString('hex'),
          privateKey: certificate.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        },
      }).acquireTokenByClientCredential({ scopes: [GRAPH_SCOPE] });

    expect(decodeJwt((await by(registered))?.accessToken ?? '')).toMatchObject({ appidacr: '2' });
    await expect(by(stranger)).rejects.toMatchObject({ errorMessage: expect.stringContaining('700027') });
  });

  it('signs a person in by code and PKCE, and afterwards renews the tokens in silence', async () => {
    const client = msal({ clientSecret: secret });
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const asked = { scopes: ['User.Read'], redirectUri: CALLBACK };
    const url = await client.getAuthCodeUrl({ ...asked, codeChallenge: challenge, codeChallengeMethod: 'S256' });
    const browser = aBrowser(doors);
    const end = await browser.choose(await browser.open(url), 'Ada Lovelace');

    const result = await client.acquireTokenByCode({
      ...asked,
      code: answerIn(end.url)['code'] ?? '',
      codeVerifier: verifier,
    });
    expect(result.account).toMatchObject({
      homeAccountId: `${ada.id}.${TENANT_ID}`,
      tenantId: TENANT_ID,
      username: ada.userPrincipalName,
    });
    expect(decodeJwt(result.accessToken)).toMatchObject({ scp: 'User.Read openid profile', oid: ada.id });

    const account = result.account as AccountInfo;
    const renewed = await client.acquireTokenSilent({ account, scopes: ['User.Read'], forceRefresh: true });
    expect(renewed.fromCache).toBe(false);
    expect(renewed.accessToken).not.toBe(result.accessToken);

    doors.directory.users = [{ ...ada, accountEnabled: false }];
    await expect(
      client.acquireTokenSilent({ account, scopes: ['User.Read'], forceRefresh: true }),
    ).rejects.toMatchObject({ errorCode: 'invalid_grant', errorMessage: expect.stringContaining('50057') });
  });
});
