import { decodeJwt } from 'jose';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomPKCECodeVerifier,
  type Configuration,
} from 'openid-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aBrowser } from './a-browser.ts';
import { ada, aDirectory, anApplication, CALLBACK, gus, TENANT_ID } from './a-directory.ts';
import { openDoors } from './doors.ts';
import { answerIn, signInUrl, VERIFIER } from './sign-in-url.ts';

const doors = openDoors();
const { directory } = doors;
const application = anApplication();
const other = anApplication({ appId: 'cccccccc-0000-4000-8000-000000000002', displayName: 'Other' });
const secret = application.passwordCredentials[0]?.secretText ?? '';
beforeEach(() => void Object.assign(directory, { users: aDirectory().users, registered: [application, other] }));
afterEach(() => doors.moveClock(0));

async function codeFor(label = 'Ada Lovelace', changes: Record<string, string | undefined> = {}) {
  const browser = aBrowser(doors);
  const end = await browser.choose(await browser.open(signInUrl(doors, changes)), label);
  return answerIn(end.url)['code'] ?? '';
}

async function redeem(code: string, changes: Record<string, string> = {}, tenant = TENANT_ID) {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: application.appId,
    client_secret: secret,
    redirect_uri: CALLBACK,
    code,
    code_verifier: VERIFIER,
    ...changes,
  });
  const response = await doors.send(`${doors.https}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body });
  return (await response.json()) as Record<string, string>;
}

describe('openid-client', () => {
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

  it('signs a person in by code and PKCE, checks the signature, and reads the userinfo', async () => {
    const config = await configuration();
    const pkceCodeVerifier = randomPKCECodeVerifier();
    const url = buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: 'openid profile email',
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
    const userinfo = await fetchUserInfo(config, tokens.access_token, claims?.sub ?? '');

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
    expect(userinfo).toMatchObject({
      sub: claims?.sub,
      name: 'Ada Lovelace',
      given_name: 'Ada',
      family_name: 'Lovelace',
    });
  });

  it('refuses the answer when the nonce is another’s', async () => {
    const config = await configuration();
    const code = await codeFor();

    await expect(
      authorizationCodeGrant(config, new URL(`${CALLBACK}?code=${code}`), {
        pkceCodeVerifier: VERIFIER,
        expectedNonce: 'another nonce',
        idTokenExpected: true,
      }),
    ).rejects.toMatchObject({ code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED' });
  });
});

describe('POST /{tenant}/oauth2/v2.0/token with authorization_code', () => {
  it('answers with an id_token and an access token that speaks for the person', async () => {
    const tokens = await redeem(await codeFor());

    expect(tokens).toMatchObject({ token_type: 'Bearer', scope: 'openid profile email', expires_in: 3599 });
    expect(await doors.entra.verifyAccessToken(tokens['access_token'] ?? '')).toEqual({
      tenantId: TENANT_ID,
      appId: application.appId,
      roles: [],
      scopes: ['openid', 'profile', 'email'],
      expiresAt: expect.any(Number),
      userId: ada.id,
    });
  });

  it('takes a code once: the second time is AADSTS54005', async () => {
    const code = await codeFor();

    expect(await redeem(code)).toHaveProperty('id_token');
    expect(await redeem(code)).toMatchObject({ error: 'invalid_grant', error_codes: [54005] });
  });

  it('takes one of two requests that come at once', async () => {
    const code = await codeFor();

    const answers = await Promise.all([redeem(code), redeem(code)]);

    expect(answers.filter((answer) => 'id_token' in answer)).toHaveLength(1);
  });

  it.each([
    ['another verifier', { code_verifier: `${VERIFIER}x` }, 501481],
    ['no verifier', { code_verifier: '' }, 50148],
    ['another redirect URI', { redirect_uri: `${CALLBACK}2` }, 500112],
    ['no redirect URI', { redirect_uri: '' }, 900144],
    ['another application', { client_id: other.appId }, 70000],
    ['a wrong secret', { client_secret: 'wrong' }, 7000215],
    ['a made-up code', { code: 'made-up' }, 70000],
    ['no code', { code: '' }, 900144],
  ])('refuses %s, and the code stays good for its owner', async (_name, changes, number) => {
    const code = await codeFor();

    expect(await redeem(code, changes)).toMatchObject({ error_codes: [number] });
    expect(await redeem(code)).toHaveProperty('id_token');
  });

  it('refuses a code after ten minutes and one of an account disabled meanwhile', async () => {
    const [late, disabled] = [await codeFor(), await codeFor()];

    directory.users = [{ ...ada, accountEnabled: false }];
    expect(await redeem(disabled)).toMatchObject({ error: 'invalid_grant', error_codes: [50057] });
    directory.users = [ada];
    doors.moveClock(601_000);
    expect(await redeem(late)).toMatchObject({ error: 'invalid_grant', error_codes: [70008] });
  });

  it('issues by the tenant even when it is asked through common', async () => {
    const tokens = await redeem(await codeFor(), {}, 'common');

    expect(decodeJwt(tokens['id_token'] ?? '').iss).toBe(`${doors.https}/${TENANT_ID}/v2.0`);
  });
});

describe('the id_token', () => {
  const claimsFor = async (
    label: string,
    changes: Record<string, string | undefined> = {},
    as: Record<string, string> = {},
  ) => decodeJwt((await redeem(await codeFor(label, changes), as))['id_token'] ?? '');

  it('names a guest by the home address and the home tenant', async () => {
    const claims = await claimsFor('Gus Guest', { scope: 'openid profile' });

    expect(claims).toMatchObject({ oid: gus.id, preferred_username: gus.mail, email: gus.mail });
    expect(claims['idp']).toMatch(/^https:\/\/sts\.windows\.net\/[0-9a-f-]{36}\/$/);
  });

  it('carries idp for guests only, and email only for guests or by its scope', async () => {
    expect(await claimsFor('Ada Lovelace')).not.toHaveProperty('idp');
    expect(await claimsFor('Ada Lovelace', { scope: 'openid profile' })).not.toHaveProperty('email');
    expect(await claimsFor('Ada Lovelace', { scope: 'openid email' })).toHaveProperty('email', ada.mail);
  });

  it('keeps oid, name and username back without the scope profile', async () => {
    const claims = await claimsFor('Ada Lovelace', { scope: 'openid' });

    expect(Object.keys(claims)).toEqual([
      'aud',
      'iss',
      'iat',
      'nbf',
      'exp',
      'nonce',
      'sid',
      'sub',
      'tid',
      'uti',
      'ver',
    ]);
  });

  it('has a subject of its own for each application, the same at every sign-in', async () => {
    const as = { client_id: other.appId };
    const [first, second, elsewhere] = [
      await claimsFor('Ada Lovelace'),
      await claimsFor('Ada Lovelace'),
      await claimsFor('Ada Lovelace', as, as),
    ];

    expect(second.sub).toBe(first.sub);
    expect(elsewhere.sub).not.toBe(first.sub);
    expect(elsewhere['oid']).toBe(first['oid']);
    expect([ada.id, ada.userPrincipalName]).not.toContain(first.sub);
  });

  it('is not issued without the scope openid', async () => {
    expect(await redeem(await codeFor('Ada Lovelace', { scope: 'User.Read' }))).not.toHaveProperty('id_token');
  });
});

describe('GET /oidc/userinfo', () => {
  const userinfo = (authorization?: string) =>
    doors.send(`${doors.https}/oidc/userinfo`, { headers: authorization === undefined ? {} : { authorization } });

  it('refuses in Graph’s words what is not the token of a signed-in person', async () => {
    const tokens = await redeem(await codeFor('Ada Lovelace', { scope: 'User.Read' }));

    for (const authorization of [undefined, 'Bearer nonsense', `Bearer ${tokens['access_token'] ?? ''}`]) {
      const answer = await userinfo(authorization);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ error: { code: 'InvalidAuthenticationToken' } });
    }
  });

  it('gives the email only by its scope', async () => {
    const plain = await redeem(await codeFor('Ada Lovelace', { scope: 'openid profile' }));
    const full = await redeem(await codeFor());

    expect(await (await userinfo(`Bearer ${plain['access_token'] ?? ''}`)).json()).not.toHaveProperty('email');
    expect(await (await userinfo(`Bearer ${full['access_token'] ?? ''}`)).json()).toHaveProperty('email', ada.mail);
  });
});
