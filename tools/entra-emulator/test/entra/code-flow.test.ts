import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ada, aDirectory, anApplication, CALLBACK, fabrikam, TENANT_ID } from './a-directory.ts';
import { openDoors } from './doors.ts';
import { redeem } from './redeem.ts';
import { codeFor, tokensFor } from './sign-in.ts';
import { VERIFIER } from './sign-in-url.ts';

const doors = openDoors();
const { directory } = doors;
const application = anApplication({ signInAudience: 'AzureADMultipleOrgs' });
const other = anApplication({ appId: 'cccccccc-0000-4000-8000-000000000002', displayName: 'Other' });
beforeEach(() => void Object.assign(directory, { users: aDirectory().users, registered: [application, other] }));
afterEach(() => doors.moveClock(0));

describe('POST /{tenant}/oauth2/v2.0/token with authorization_code', () => {
  it('answers with an id_token and an access token that speaks for the person', async () => {
    const tokens = await tokensFor(doors);

    expect(Object.keys(tokens)).toEqual([
      'token_type',
      'scope',
      'expires_in',
      'ext_expires_in',
      'access_token',
      'id_token',
    ]);
    expect(tokens).toMatchObject({ token_type: 'Bearer', scope: 'openid profile email', expires_in: 3599 });
    expect(await doors.entra.verifyAccessToken(String(tokens['access_token']))).toMatchObject({
      tenantId: TENANT_ID,
      appId: application.appId,
      roles: [],
      scopes: ['openid', 'profile', 'email'],
      expiresAt: expect.any(Number),
      userId: ada.id,
    });
  });

  it('takes a code once: the second time is AADSTS54005', async () => {
    const code = await codeFor(doors);

    expect(await redeem(doors, code)).toHaveProperty('id_token');
    expect(await redeem(doors, code)).toMatchObject({ error: 'invalid_grant', error_codes: [54005] });
  });

  it('takes one of two requests that come at once', async () => {
    const code = await codeFor(doors);

    const answers = await Promise.all([redeem(doors, code), redeem(doors, code)]);

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
    ['a scope that nobody granted', { scope: 'openid Mail.Read' }, 65001],
    ['a scope of two resources', { scope: 'User.Read https://vault.example/x' }, 28000],
  ])('refuses %s, and the code stays good for its owner', async (_name, changes, number) => {
    const code = await codeFor(doors);

    expect(await redeem(doors, code, changes)).toMatchObject({ error_codes: [number] });
    expect(await redeem(doors, code)).toHaveProperty('id_token');
  });

  it('refuses a code after ten minutes and one of an account disabled meanwhile', async () => {
    const [late, disabled] = [await codeFor(doors), await codeFor(doors)];

    directory.users = [{ ...ada, accountEnabled: false }];
    expect(await redeem(doors, disabled)).toMatchObject({ error: 'invalid_grant', error_codes: [50057] });
    directory.users = [ada];
    doors.moveClock(601_000);
    expect(await redeem(doors, late)).toMatchObject({ error: 'invalid_grant', error_codes: [70008] });
  });

  it('refuses a code anywhere but where it was asked for, by AADSTS700005', async () => {
    const [own, shared] = [await codeFor(doors), await codeFor(doors, { tenant: 'common' })];

    for (const tenant of ['common', fabrikam.id]) {
      expect(await redeem(doors, own, {}, tenant)).toMatchObject({ error: 'invalid_grant', error_codes: [700005] });
    }
    expect(await redeem(doors, own, {}, 'contoso.example')).toHaveProperty('id_token');
    expect(await redeem(doors, shared, {}, TENANT_ID)).toMatchObject({ error_codes: [700005] });
    expect(await redeem(doors, shared, {}, 'common')).toHaveProperty('id_token');
  });

  it('gives no id_token without the scope openid', async () => {
    expect(await tokensFor(doors, { authorize: { scope: 'User.Read' } })).not.toHaveProperty('id_token');
  });

  it('names the account to Microsoft’s libraries when they ask for client_info', async () => {
    const { client_info } = await tokensFor(doors, { token: { client_info: '1' } });

    expect(JSON.parse(Buffer.from(String(client_info), 'base64url').toString())).toEqual({
      uid: ada.id,
      utid: TENANT_ID,
    });
  });
});
