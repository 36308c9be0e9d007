import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomPKCECodeVerifier,
  refreshTokenGrant,
  type Configuration,
} from 'openid-client';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { aBrowser } from './a-browser.ts';
import { ada, anApplication, CALLBACK, TENANT_ID } from './a-directory.ts';
import { openDoors } from './doors.ts';
import { codeFor } from './sign-in.ts';
import { VERIFIER } from './sign-in-url.ts';

const doors = openDoors();
const application = anApplication({ optionalClaims: { idToken: [{ name: 'login_hint' }] } });
const secret = application.passwordCredentials[0]?.secretText ?? '';
beforeEach(() => void (doors.directory.registered = [application]));

const send = (url: string, options: { method?: string; headers?: unknown; body?: unknown }) =>
  doors.send(url, {
    method: options.method ?? 'GET',
    headers: options.headers as Record<string, string>,
    ...(options.body === undefined || options.body === null ? {} : { body: options.body as URLSearchParams }),
  });

async function configuration(): Promise<Configuration> {
  return discovery(new URL(`${doors.https}/${TENANT_ID}/v2.0`), application.appId, secret, undefined, {
    [customFetch]: send,
    // The authorization endpoint is on the http door, for browsers.
    execute: [allowInsecureRequests, enableNonRepudiationChecks], // eslint-disable-line @typescript-eslint/no-deprecated -- marked so only to stand out; this is the local testing it is for
  });
}

describe('openid-client', () => {
  it('signs a person in by code and PKCE, reads the userinfo, refreshes and signs out', async () => {
    const config = await configuration();
    const pkceCodeVerifier = randomPKCECodeVerifier();
    const url = buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: 'openid profile email offline_access',
      state: 'state-1',
      nonce: 'nonce-1',
      code_challenge: await calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    const browser = aBrowser(doors);
    const end = await browser.choose(await browser.open(url.href), 'Ada Lovelace');

    const tokens = await authorizationCodeGrant(config, new URL(end.url), {
      pkceCodeVerifier,
      expectedState: 'state-1',
      expectedNonce: 'nonce-1',
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    expect(claims).toMatchObject({
      iss: `${doors.https}/${TENANT_ID}/v2.0`,
      aud: application.appId,
      tid: TENANT_ID,
      oid: ada.id,
      name: 'Ada Lovelace',
      preferred_username: ada.userPrincipalName,
      email: ada.mail,
      nonce: 'nonce-1',
      ver: '2.0',
    });
    expect(await fetchUserInfo(config, tokens.access_token, claims?.sub ?? '')).toMatchObject({
      sub: claims?.sub,
      name: 'Ada Lovelace',
      given_name: 'Ada',
      family_name: 'Lovelace',
    });

    const refreshed = await refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(refreshed.claims()).toMatchObject({ sub: claims?.sub, oid: ada.id });

    const signOut = buildEndSessionUrl(config, {
      post_logout_redirect_uri: CALLBACK,
      logout_hint: claims?.['login_hint'] as string,
    });
    expect((await browser.open(signOut.href)).url).toBe(CALLBACK);
    expect(browser.cookies.size).toBe(0);
  });

  it('refuses the answer when the nonce is another’s', async () => {
    const config = await configuration();
    const code = await codeFor(doors);

    await expect(
      authorizationCodeGrant(config, new URL(`${CALLBACK}?code=${code}`), {
        pkceCodeVerifier: VERIFIER,
        expectedNonce: 'another nonce',
        idTokenExpected: true,
      }),
    ).rejects.toMatchObject({ code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED' });
  });

  it('refuses the discovery of an endpoint that tenants share, whose issuer is a template', async () => {
    await expect(
      discovery(new URL(`${doors.https}/common/v2.0`), application.appId, secret, undefined, { [customFetch]: send }),
    ).rejects.toMatchObject({ code: 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED' });
  });
});
