import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { aBrowser, type Browser } from './a-browser.ts';
import { ada, anApplication, bo, fabrikam, pat, quin, TENANT_ID } from './a-directory.ts';
import { openDoors } from './doors.ts';
import { redeem } from './redeem.ts';
import { answerIn, signInUrl } from './sign-in-url.ts';

const doors = openDoors();
const { directory, other } = doors;
const application = anApplication({ signInAudience: 'AzureADMultipleOrgs' });
beforeEach(() => {
  Object.assign(directory, { users: [ada, bo], registered: [application] });
  directory.install(application, { scopes: ['openid', 'profile'] });
  Object.assign(other, { users: [pat, quin], registered: [] });
  for (const tenant of [directory, other]) tenant.setPolicies({});
});

async function arrive(
  label: string,
  changes: Record<string, string> = {},
  tenant = TENANT_ID,
  browser = aBrowser(doors),
) {
  const page = await browser.choose(await browser.open(signInUrl(doors, changes, tenant)), label);
  return { browser, page };
}
const silently = async (browser: Browser, changes: Record<string, string>) =>
  answerIn((await browser.open(signInUrl(doors, { prompt: 'none', ...changes }))).url);
const mail = { scope: 'openid Mail.Read' };
const groups = { scope: 'openid Group.Read.All' };

describe('consent of a person', () => {
  it('is asked for what nobody has granted, and is theirs alone', async () => {
    const { browser, page } = await arrive(bo.displayName, mail);
    const end = await browser.choose(page, 'Accept');

    expect(page.readable).toMatch(/would like to use Mail\.Read Accept/);
    expect(page.forms[0]?.fields).toEqual([]);
    const tokens = await redeem(doors, answerIn(end.url)['code'] ?? '');
    expect(decodeJwt(String(tokens['access_token']))).toMatchObject({ scp: 'openid Mail.Read' });
    expect(await silently(browser, mail)).toHaveProperty('code');
    expect((await arrive('Ada Lovelace', mail)).page.readable).toContain('Permissions requested');
  });

  it('is not asked for what is granted, unless the application says so', async () => {
    const { browser, page } = await arrive(bo.displayName, { scope: 'openid profile' });
    const asked = await browser.open(signInUrl(doors, { scope: 'openid profile', prompt: 'consent' }));

    expect(answerIn(page.url)).toHaveProperty('code');
    expect(asked.readable).toMatch(/would like to use openid profile Accept/);
    expect(answerIn((await browser.choose(asked, 'Accept')).url)).toHaveProperty('code');
  });

  it('that is declined is told to the application as AADSTS65004', async () => {
    const { browser, page } = await arrive(bo.displayName, mail);

    const answer = answerIn((await browser.choose(page, 'Cancel')).url);

    expect(answer).toMatchObject({ error: 'consent_required', state: 'the state & more' });
    expect(answer['error_description']).toMatch(/^AADSTS65004: /);
    expect(directory.servicePrincipal(application.appId)?.userScopes.size).toBe(0);
  });

  it('that is missing is told by AADSTS65001 when nothing may be shown', async () => {
    const { browser } = await arrive(bo.displayName, { scope: 'openid profile' });

    const answer = await silently(browser, mail);

    expect(answer).toMatchObject({ error: 'consent_required' });
    expect(answer['error_description']).toMatch(/^AADSTS65001: /);
  });
});

describe('consent of an administrator', () => {
  it.each([
    ['what only an administrator may grant', groups, {}, 'AADSTS90094'],
    ['anything where people may grant nothing', mail, { userConsent: false }, 'AADSTS90094'],
    ['it where approval can be asked for', groups, { adminConsentRequests: true }, 'AADSTS90095'],
  ])('is needed for %s, and the way back is AADSTS65004', async (_name, scope, policies, number) => {
    directory.setPolicies(policies);

    const { browser, page } = await arrive(bo.displayName, scope);

    expect(page.readable).toContain('Need admin approval');
    expect(page.readable).toContain(number);
    const back = await browser.choose(page, 'Return to the application without granting consent');
    expect(answerIn(back.url)['error_description']).toMatch(/^AADSTS65004: /);
  });

  it('is for themselves, or for everybody when they tick it', async () => {
    const { browser, page } = await arrive('Ada Lovelace', groups);
    expect(page.readable).toContain('Consent on behalf of your organisation');
    const [form] = page.forms;
    if (form === undefined) throw new Error('no form');

    await browser.submit(form, { decision: 'accept' });
    expect((await arrive(bo.displayName, groups)).page.readable).toContain('AADSTS90094');
    const again = await browser.open(signInUrl(doors, { ...groups, prompt: 'consent' }));
    await browser.submit(again.forms[0] ?? form, { decision: 'accept', organisation: 'on' });
    expect(answerIn((await arrive(bo.displayName, groups)).page.url)).toHaveProperty('code');
  });

  it('can’t be given for everybody by who is none', async () => {
    const { browser, page } = await arrive(bo.displayName, mail);
    const [form] = page.forms;
    if (form === undefined) throw new Error('no form');

    await browser.submit(form, { decision: 'accept', organisation: 'on' });

    expect(directory.servicePrincipal(application.appId)?.scopes).toEqual(['openid', 'profile']);
  });
});

describe('an application of another tenant', () => {
  it('is installed by the first person who consents', async () => {
    const { browser, page } = await arrive('Quin Quiet', { scope: 'openid profile' }, fabrikam.id);
    expect(page.readable).toMatch(/Quin Quiet, Fabrikam .* would like to use openid profile/);
    expect(other.servicePrincipal(application.appId)).toBeUndefined();

    expect(answerIn((await browser.choose(page, 'Accept')).url)).toHaveProperty('code');
    expect(other.servicePrincipal(application.appId)).toMatchObject({ accountEnabled: true, scopes: [], appRoles: [] });
  });

  it('is not where people may not consent', async () => {
    other.setPolicies({ userConsent: false });

    const { page } = await arrive('Quin Quiet', { scope: 'openid profile' }, fabrikam.id);

    expect(page.readable).toContain('AADSTS90094');
    expect(other.servicePrincipal(application.appId)).toBeUndefined();
  });
});

describe('the scope .default', () => {
  const scope = 'https://graph.microsoft.com/.default openid';

  it('means what the registration asks for', async () => {
    directory.registered = [anApplication({ requiredScopes: ['openid', 'User.Read', 'Mail.Read'] })];

    const { page } = await arrive(bo.displayName, { scope });
    const tokens = await redeem(doors, answerIn(page.url)['code'] ?? '');

    expect(decodeJwt(String(tokens['access_token']))).toMatchObject({ scp: 'openid User.Read Mail.Read' });
  });

  it('is refused by AADSTS650056 when that is nothing', async () => {
    directory.registered = [anApplication({ requiredScopes: [] })];

    const page = await aBrowser(doors).open(signInUrl(doors, { scope }));

    expect(page.readable).toContain('AADSTS650056');
  });

  it('is refused beside a permission', async () => {
    const { url } = await aBrowser(doors).open(signInUrl(doors, { scope: `${scope} User.Read` }));

    expect(answerIn(url)).toMatchObject({ error: 'invalid_scope' });
  });
});

describe('a delegated permission', () => {
  it('that the emulator does not know is 501', async () => {
    const page = await aBrowser(doors).open(signInUrl(doors, { scope: 'openid Bookings.Read.All' }));

    expect(page.status).toBe(501);
  });
});
