import { beforeEach, describe, expect, it } from '@jest/globals';
import { aBrowser } from './a-browser.ts';
import { anApplication, bo, CALLBACK, TENANT_ID } from './a-directory.ts';
import { openDoors } from './doors.ts';
import { answerIn } from './sign-in-url.ts';

const doors = openDoors();
const { directory } = doors;
const application = anApplication({ appRoles: [], requiredAppRoles: ['User.Read.All', 'Group.Read.All'] });
beforeEach(() => void (directory.registered = [application]));
const granted = () => directory.servicePrincipal(application.appId)?.appRoles;

function consentUrl(
  form: 'v2.0/adminconsent' | 'adminconsent',
  changes: Record<string, string> = {},
  tenant = TENANT_ID,
) {
  const scope = form === 'adminconsent' ? {} : { scope: 'https://graph.microsoft.com/.default' };
  const parameters = { client_id: application.appId, ...scope, redirect_uri: CALLBACK, state: 'the state', ...changes };
  return `${doors.http}/${tenant}/${form}?${new URLSearchParams(parameters).toString()}`;
}

async function decide(url: string, decision: 'Accept' | 'Cancel') {
  const browser = aBrowser(doors);
  const consent = await browser.choose(await browser.open(url), 'Ada Lovelace');
  return { consent, end: await browser.choose(consent, decision) };
}

describe('GET /{tenant}/v2.0/adminconsent', () => {
  it('offers administrators only, lists what is asked, and grants it when accepted', async () => {
    const choice = await aBrowser(doors).open(consentUrl('v2.0/adminconsent'));
    const { consent, end } = await decide(consentUrl('v2.0/adminconsent'), 'Accept');

    expect(choice.forms[1]?.buttons.map((button) => button.label)).toEqual(['Ada Lovelace']);
    expect(consent.readable).toContain('User.Read.All Group.Read.All');
    expect(Object.entries(answerIn(end.url))).toEqual([
      ['admin_consent', 'True'],
      ['tenant', TENANT_ID],
      ['scope', 'https://graph.microsoft.com/.default'],
      ['state', 'the state'],
    ]);
    expect(granted()).toEqual(['User.Read.All', 'Group.Read.All']);
  });

  it('says admin_consent=True beside the error when cancelled, and grants nothing', async () => {
    const { end } = await decide(consentUrl('v2.0/adminconsent'), 'Cancel');

    const answer = answerIn(end.url);
    expect(Object.keys(answer)).toEqual(['admin_consent', 'error', 'error_description', 'state']);
    expect(answer).toMatchObject({ admin_consent: 'True', error: 'consent_required', state: 'the state' });
    expect(answer['error_description']).toMatch(/^AADSTS65004: /);
    expect(granted()).toEqual([]);
  });

  it('grants no application permission for delegated scopes', async () => {
    const { consent, end } = await decide(
      consentUrl('v2.0/adminconsent', { scope: 'openid https://graph.microsoft.com/User.Read.All' }),
      'Accept',
    );

    expect(consent.readable).toContain('User.Read.All');
    expect(answerIn(end.url)).toMatchObject({ admin_consent: 'True' });
    expect(granted()).toEqual([]);
  });

  it('refuses someone who is no administrator by AADSTS90094', async () => {
    const browser = aBrowser(doors);
    const page = await browser.open(consentUrl('v2.0/adminconsent'));

    const refused = await browser.fill(page, 'account', bo.userPrincipalName);

    expect(refused.status).toBe(403);
    expect(refused.readable).toContain('AADSTS90094');
  });

  it('refuses a decision that is not an administrator’s', async () => {
    const browser = aBrowser(doors);
    const { consent } = await decide(consentUrl('v2.0/adminconsent'), 'Cancel');

    const page = await browser.choose(consent, 'Accept');

    expect(page.readable).toContain('Choose an administrator');
    expect(granted()).toEqual([]);
  });

  it('sends a missing or foreign scope back to the application', async () => {
    const browser = aBrowser(doors);
    const missing = await browser.open(consentUrl('v2.0/adminconsent', { scope: '' }));
    const foreign = await browser.open(consentUrl('v2.0/adminconsent', { scope: 'https://vault.example/.default' }));

    expect(answerIn(missing.url)['error_description']).toMatch(/^AADSTS900144: /);
    expect(answerIn(foreign.url)).toMatchObject({ admin_consent: 'True', error: 'invalid_scope' });
  });

  it.each([
    ['common', {}, 'common', 'AADSTS50059'],
    ['an address that is not registered', { redirect_uri: 'https://evil.example/' }, TENANT_ID, 'AADSTS50011'],
    ['an unknown application', { client_id: 'dddddddd-0000-4000-8000-000000000009' }, TENANT_ID, 'AADSTS700016'],
  ])('shows %s as an error on a page', async (_name, changes, tenant, number) => {
    const page = await aBrowser(doors).open(consentUrl('v2.0/adminconsent', changes, tenant));

    expect(page.status).toBe(400);
    expect(page.readable).toContain(number);
  });
});

describe('GET /{tenant}/adminconsent', () => {
  it('needs no scope, works at common, and answers in the old order', async () => {
    const { end } = await decide(consentUrl('adminconsent', {}, 'common'), 'Accept');

    expect(Object.entries(answerIn(end.url))).toEqual([
      ['tenant', TENANT_ID],
      ['state', 'the state'],
      ['admin_consent', 'True'],
    ]);
    expect(granted()).toEqual(['User.Read.All', 'Group.Read.All']);
  });

  it('says permission_denied when cancelled', async () => {
    const { end } = await decide(consentUrl('adminconsent'), 'Cancel');

    const answer = answerIn(end.url);
    expect(answer).toMatchObject({ error: 'permission_denied', state: 'the state' });
    expect(answer).not.toHaveProperty('admin_consent');
    expect(granted()).toEqual([]);
  });
});
