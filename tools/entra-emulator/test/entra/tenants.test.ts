import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { aBrowser } from './a-browser.ts';
import { ada, anApplication, CALLBACK, fabrikam, pat, patAtContoso, quin, TENANT_ID } from './a-directory.ts';
import { askForToken } from './ask-for-token.ts';
import { openDoors } from './doors.ts';
import { claimsFor } from './sign-in.ts';
import { answerIn, signInUrl } from './sign-in-url.ts';

const doors = openDoors();
const { directory, other } = doors;
const single = anApplication();
const multi = anApplication({ signInAudience: 'AzureADMultipleOrgs', requiredAppRoles: ['User.Read.All'] });
const SCOPES = ['openid', 'profile', 'email', 'offline_access', 'User.Read'];
beforeEach(() => {
  Object.assign(directory, { users: [ada, patAtContoso], registered: [multi] });
  Object.assign(other, { users: [pat, quin], registered: [] });
  for (const tenant of [directory, other]) tenant.setPolicies({});
});

const open = (tenant: string, changes: Record<string, string | undefined> = {}, browser = aBrowser(doors)) =>
  browser.open(signInUrl(doors, changes, tenant));

describe('an application of one tenant', () => {
  beforeEach(() => void (directory.registered = [single]));

  it('is refused at common and organizations by AADSTS50194, and taken at its tenant', async () => {
    for (const shared of ['common', 'organizations']) {
      const page = await open(shared);
      expect(page.readable).toContain('AADSTS50194');
      expect(page.readable).toContain(`Usage of the /${shared} endpoint`);
    }
    expect((await open(TENANT_ID)).readable).toContain('Sign in to Learn & Amp Contoso');
  });

  it('is unknown in another tenant by AADSTS700016, to browsers and to servers', async () => {
    expect((await open(fabrikam.id)).readable).toMatch(/AADSTS700016: .* not found in the directory 'Fabrikam'/);
    expect((await askForToken(doors, {}, {}, fabrikam.id)).body).toMatchObject({
      error: 'unauthorized_client',
      error_codes: [700016],
    });
  });
});

describe('an application for people of any tenant', () => {
  it('offers everybody at common, each in the home tenant, and no guest', async () => {
    const page = await open('common');

    expect(page.readable).toContain('Any organisation');
    expect(page.forms[1]?.buttons.map(({ label }) => label)).toEqual(['Ada Lovelace', 'Pat Partner', 'Quin Quiet']);
  });

  it('signs people in at common to the tenant of their user principal name', async () => {
    other.install(multi, { scopes: SCOPES });

    expect(await claimsFor(doors, { tenant: 'common' })).toMatchObject({ tid: TENANT_ID, oid: ada.id });
    const claims = await claimsFor(doors, { tenant: 'common', label: 'Pat Partner' });
    expect(claims).toMatchObject({ tid: fabrikam.id, oid: pat.id, iss: `${doors.https}/${fabrikam.id}/v2.0` });
    expect(claims).not.toHaveProperty('idp');
  });

  it('gives a person in two tenants two oids and two subjects', async () => {
    other.install(multi, { scopes: SCOPES });

    const [home, guest] = [
      await claimsFor(doors, { tenant: fabrikam.id, label: 'Pat Partner' }),
      await claimsFor(doors, { label: 'Pat Partner' }),
    ];

    expect([home['oid'], guest['oid']]).toEqual([pat.id, patAtContoso.id]);
    expect(home.sub).not.toBe(guest.sub);
  });

  it('narrows the page by domain_hint, and finds nobody’s name', async () => {
    const hinted = await open('common', { domain_hint: 'fabrikam.example' });
    const browser = aBrowser(doors);
    const unknown = await browser.fill(await open('organizations', {}, browser), 'account', 'x@tailspin.example');

    expect(hinted.forms[1]?.buttons.map(({ label }) => label)).toEqual(['Pat Partner', 'Quin Quiet']);
    expect(unknown.readable).toContain('AADSTS50034');
  });

  it('gets an application token only from a tenant where it is installed', async () => {
    expect((await askForToken(doors, {}, {}, fabrikam.id)).body).toMatchObject({ error_codes: [700016] });

    other.install(multi, { appRoles: ['Group.Read.All'] });
    const { body } = await askForToken(doors, {}, {}, 'fabrikam.example');

    expect(decodeJwt(String(body['access_token']))).toMatchObject({ tid: fabrikam.id, roles: ['Group.Read.All'] });
    expect(await doors.entra.verifyAccessToken(String(body['access_token']))).toMatchObject({ tenantId: fabrikam.id });
  });

  it('stands in each tenant under an id of its own', async () => {
    other.install(multi);
    const oidIn = async (tenant: string) =>
      decodeJwt(String((await askForToken(doors, {}, {}, tenant)).body['access_token']))['oid'];

    expect(await oidIn(TENANT_ID)).not.toBe(await oidIn(fabrikam.id));
  });
});

describe('a person of another tenant', () => {
  const stranger = quin.userPrincipalName;

  async function fillIn(browser = aBrowser(doors)) {
    return browser.fill(await open(TENANT_ID, {}, browser), 'account', stranger);
  }

  it('is refused by AADSTS50020 while they are no guest, and may choose another account', async () => {
    const browser = aBrowser(doors);
    const refused = await fillIn(browser);

    expect(refused.readable).toContain(
      `AADSTS50020: User account '${stranger}' from identity provider 'https://sts.windows.net/${fabrikam.id}/' does not ` +
        `exist in tenant 'Contoso'`,
    );
    expect(answerIn((await browser.choose(refused, 'Ada Lovelace')).url)).toHaveProperty('code');
  });

  it('is refused by AADSTS90072 where a second factor is asked for', async () => {
    directory.setPolicies({
      conditionalAccess: [{ includeUsers: ['All'], includeApplications: ['All'], control: 'mfa' }],
    });

    expect((await fillIn()).readable).toContain('AADSTS90072');
  });

  it('is refused silently to the application', async () => {
    const browser = aBrowser(doors);
    await fillIn(browser);

    const answer = answerIn((await open(TENANT_ID, { prompt: 'none' }, browser)).url);

    expect(answer).toMatchObject({
      error: 'access_denied',
      error_description: expect.stringMatching(/^AADSTS50020: /),
    });
  });

  it('comes in as a guest by the session of the home tenant', async () => {
    other.install(multi, { scopes: SCOPES });
    const browser = aBrowser(doors);
    await browser.choose(await open(fabrikam.id, {}, browser), 'Pat Partner');

    expect(answerIn((await open(TENANT_ID, {}, browser)).url)).toHaveProperty('code');
  });

  it.each([
    ['the home tenant lets nobody out', () => other.setPolicies({ blockOutboundGuests: true }), 'AADSTS500212'],
    ['the tenant lets no guest in', () => directory.setPolicies({ blockInboundGuests: true }), 'AADSTS500213'],
    ['the home account is disabled', () => (other.users = [{ ...pat, accountEnabled: false }]), 'AADSTS50057'],
    [
      'the guest is disabled',
      () => (directory.users = [ada, { ...patAtContoso, accountEnabled: false }]),
      'AADSTS50057',
    ],
  ])('is kept out as a guest when %s', async (_name, change, number) => {
    change();
    const browser = aBrowser(doors);

    const page = await browser.choose(await open(TENANT_ID, {}, browser), 'Pat Partner');

    expect(page.readable).toContain(number);
  });
});

describe('logout', () => {
  it('goes back to an address that is registered in any tenant', async () => {
    const url = `${doors.http}/${fabrikam.id}/oauth2/v2.0/logout?${new URLSearchParams({ post_logout_redirect_uri: CALLBACK }).toString()}`;

    expect((await aBrowser(doors).open(url)).url).toBe(CALLBACK);
  });
});
