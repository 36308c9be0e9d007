import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aBrowser } from './a-browser.ts';
import { ada, aDirectory, anApplication, fabrikam, pat, patAtContoso } from './a-directory.ts';
import { openDoors } from './doors.ts';
import { codeFor, refresh, tokensFor } from './sign-in.ts';
import { answerIn, signInUrl } from './sign-in-url.ts';

const doors = openDoors();
const { directory, other: elsewhere } = doors;
const application = anApplication({ signInAudience: 'AzureADMultipleOrgs' });
const other = anApplication({ appId: 'cccccccc-0000-4000-8000-000000000002', displayName: 'Other' });
const DAY = 86_400_000;
beforeEach(() => {
  Object.assign(directory, { users: aDirectory().users, registered: [application, other] });
  directory.setPolicies({});
  elsewhere.users = [pat];
});
afterEach(() => doors.moveClock(0));

const offline = { authorize: { scope: 'openid profile offline_access User.Read' } };
const refreshToken = async (signIn = {}) => (await tokensFor(doors, { ...offline, ...signIn }))['refresh_token'];

describe('POST /{tenant}/oauth2/v2.0/token with refresh_token', () => {
  it('is given for offline_access alone, and the scope granted does not name it', async () => {
    expect(await tokensFor(doors, offline)).toMatchObject({
      scope: 'openid profile User.Read',
      refresh_token: expect.any(String),
    });
    expect(await tokensFor(doors)).not.toHaveProperty('refresh_token');
  });

  it('gives new tokens and a new refresh token, and leaves the old one good', async () => {
    const first = await refreshToken();

    const answer = await refresh(doors, first);

    expect(decodeJwt(String(answer['id_token']))).toMatchObject({ oid: ada.id, aud: application.appId });
    expect(decodeJwt(String(answer['id_token']))).not.toHaveProperty('nonce');
    expect(answer['refresh_token']).not.toBe(first);
    expect(await refresh(doors, answer['refresh_token'])).toHaveProperty('access_token');
    expect(await refresh(doors, first)).toHaveProperty('access_token');
  });

  it('gives the scopes that are asked for, if they were granted', async () => {
    const token = await refreshToken();

    const narrowed = await refresh(doors, token, { scope: 'https://graph.microsoft.com/User.Read' });

    expect(narrowed).toMatchObject({ scope: 'https://graph.microsoft.com/User.Read' });
    expect(decodeJwt(String(narrowed['access_token']))).toMatchObject({ scp: 'User.Read' });
    expect(narrowed).not.toHaveProperty('id_token');
    expect(await refresh(doors, token, { scope: 'Mail.Read' })).toMatchObject({
      error: 'invalid_grant',
      error_codes: [65001],
      suberror: 'consent_required',
    });
    expect(await refresh(doors, token, { scope: 'https://vault.example/x User.Read' })).toMatchObject({
      error_codes: [28000],
    });
  });

  it('is refused to another application, and when it is made up or missing', async () => {
    const token = await refreshToken();

    expect(await refresh(doors, token, { client_id: other.appId })).toMatchObject({ error_codes: [70000] });
    expect(await refresh(doors, 'made-up')).toMatchObject({ error: 'invalid_grant', error_codes: [70000] });
    expect(await refresh(doors, '')).toMatchObject({ error_codes: [900144] });
    expect(await refresh(doors, token, { client_secret: 'wrong' })).toMatchObject({ error_codes: [7000215] });
  });

  it('ends after ninety days without use by AADSTS700082; each use begins them anew', async () => {
    const first = await refreshToken();

    doors.moveClock(89 * DAY);
    const second = (await refresh(doors, first))['refresh_token'];
    doors.moveClock(91 * DAY);

    expect(await refresh(doors, first)).toMatchObject({
      error: 'invalid_grant',
      error_codes: [700082],
      suberror: 'bad_token',
    });
    expect(await refresh(doors, second)).toHaveProperty('access_token');
  });

  it.each([
    ['the account is disabled', () => (directory.users = [{ ...ada, accountEnabled: false }]), 50057],
    ['the account is deleted', () => (directory.users = []), 50034],
    ['the sessions are revoked', () => (directory.users = [{ ...ada, sessionsValidFrom: Date.now() + 1000 }]), 50173],
    ['the account is locked', () => directory.setPolicies({ lockedUsers: [ada.id] }), 50053],
    ['the consent is revoked', () => directory.revokeConsent(application.appId), 65001],
    ['the application is deleted', () => directory.removeServicePrincipal(application.appId), 65001],
    ['the application is switched off', () => directory.install(application, { accountEnabled: false }), 7000112],
    [
      'people have to be assigned',
      () => directory.install(application, { appRoleAssignmentRequired: true, assignedTo: [] }),
      50105,
    ],
    [
      'a policy blocks it',
      () =>
        directory.setPolicies({
          conditionalAccess: [{ includeUsers: ['All'], includeApplications: ['All'], control: 'block' }],
        }),
      53003,
    ],
    [
      'a policy asks for a second factor',
      () =>
        directory.setPolicies({
          conditionalAccess: [{ includeUsers: [ada.id], includeApplications: ['All'], control: 'mfa' }],
        }),
      50076,
    ],
  ])('is refused once %s', async (_name, change, number) => {
    const token = await refreshToken();
    expect(await refresh(doors, token)).toHaveProperty('access_token');

    change();

    const answer = await refresh(doors, token);
    expect(answer).toMatchObject({ error_codes: [number] });
    expect(answer['error']).toBe(number === 7000112 ? 'unauthorized_client' : 'invalid_grant');
  });

  it('of a sign-in after the revocation is good', async () => {
    const before = Date.now();
    doors.moveClock(60_000);
    directory.users = [{ ...ada, sessionsValidFrom: before }];

    expect(await refresh(doors, await refreshToken())).toHaveProperty('access_token');
  });

  it('works in another tenant where the person is a guest, and not where they are not', async () => {
    directory.users = [ada];
    elsewhere.install(application, { scopes: ['openid', 'profile', 'offline_access', 'User.Read'] });
    const token = await refreshToken({ label: 'Pat Partner', tenant: fabrikam.id });

    expect(await refresh(doors, token)).toMatchObject({ error: 'invalid_grant', error_codes: [50020] });
    directory.users = [ada, patAtContoso];
    const { access_token } = await refresh(doors, token);
    expect(decodeJwt(String(access_token))).toMatchObject({ oid: patAtContoso.id });
  });
});

describe('a session that was revoked', () => {
  it('is over for silent sign-in too, until the person has proved again who they are', async () => {
    const browser = aBrowser(doors);
    await codeFor(doors, { browser });
    const silently = async () => answerIn((await browser.open(signInUrl(doors, { prompt: 'none' }))).url);

    directory.users = [{ ...ada, sessionsValidFrom: Date.now() + 1000 }];
    expect(await silently()).toMatchObject({ error: 'login_required' });
    doors.moveClock(2000);
    expect(await silently()).toMatchObject({ error: 'login_required' });
    expect(await codeFor(doors, { browser })).toMatch(/./);
    expect(await silently()).toHaveProperty('code');
  });
});
