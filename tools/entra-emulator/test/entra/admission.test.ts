import { beforeEach, describe, expect, it } from '@jest/globals';
import { aBrowser } from './a-browser.ts';
import { ada, aDirectory, anApplication, bo } from './a-directory.ts';
import { openDoors } from './doors.ts';
import { redeem } from './redeem.ts';
import { codeFor } from './sign-in.ts';
import { answerIn, signInUrl } from './sign-in-url.ts';

const doors = openDoors();
const { directory } = doors;
const application = anApplication();
beforeEach(() => {
  Object.assign(directory, { users: aDirectory().users, registered: [application], groups: {} });
  directory.setPolicies({});
});

async function arrive(label = 'Ada Lovelace', changes: Record<string, string> = {}) {
  const browser = aBrowser(doors);
  const page = await browser.choose(await browser.open(signInUrl(doors, changes)), label);
  return { browser, page };
}
const policy = (control: 'block' | 'mfa', users = ['All'], applications = ['All']) => ({
  conditionalAccess: [{ includeUsers: users, includeApplications: applications, control }],
});

describe('assignment', () => {
  beforeEach(() => directory.install(application, { appRoleAssignmentRequired: true, assignedTo: [bo.id, 'team'] }));

  it('lets in who is assigned, or is a direct member of a group that is', async () => {
    directory.groups = { [ada.id]: [{ id: 'team', securityEnabled: true, isDirect: true }] };

    expect(answerIn((await arrive(bo.displayName)).page.url)).toHaveProperty('code');
    expect(answerIn((await arrive()).page.url)).toHaveProperty('code');
  });

  it('tells the application of anybody else by AADSTS50105, members of groups within the group among them', async () => {
    directory.groups = { [ada.id]: [{ id: 'team', securityEnabled: true, isDirect: false }] };

    const answer = answerIn((await arrive()).page.url);

    expect(answer).toMatchObject({ error: 'access_denied', state: 'the state & more' });
    expect(answer['error_description']).toMatch(/^AADSTS50105: .*'ada@contoso\.example' is blocked/);
  });
});

describe('Conditional Access', () => {
  it('that blocks ends on a page by AADSTS53003', async () => {
    directory.setPolicies(policy('block'));

    const { page } = await arrive();

    expect(page.readable).toMatch(/Sorry, we cannot sign you in.*AADSTS53003/);
  });

  it.each([
    ['other people', policy('block', [bo.id])],
    ['other applications', policy('block', ['All'], ['cccccccc-0000-4000-8000-000000000009'])],
  ])('that concerns %s blocks nobody else', async (_name, policies) => {
    directory.setPolicies(policies);

    expect(answerIn((await arrive()).page.url)).toHaveProperty('code');
  });

  it('that asks for a second factor is content with one for each session', async () => {
    directory.setPolicies(policy('mfa', [ada.id], [application.appId.toUpperCase()]));

    const { browser, page } = await arrive();
    const end = await browser.choose(page, 'Approve');

    expect(page.readable).toContain('Approve sign-in request Ada Lovelace');
    expect(answerIn(end.url)).toHaveProperty('code');
    expect(answerIn((await browser.open(signInUrl(doors, { prompt: 'none' }))).url)).toHaveProperty('code');
  });

  it('asks for another account when the second factor is not shown', async () => {
    directory.setPolicies(policy('mfa', [ada.id]));

    const { browser, page } = await arrive();
    const choice = await browser.choose(page, 'Use another account');

    expect(choice.readable).toContain('Choose an account');
    expect(answerIn((await browser.choose(choice, bo.displayName)).url)).toHaveProperty('code');
  });

  it('refuses silence by AADSTS50076 until it was shown', async () => {
    const { browser } = await arrive();
    directory.setPolicies(policy('mfa'));

    const answer = answerIn((await browser.open(signInUrl(doors, { prompt: 'none' }))).url);

    expect(answer).toMatchObject({ error: 'interaction_required' });
    expect(answer['error_description']).toMatch(/^AADSTS50076: /);
  });

  it('refuses by AADSTS50079 who has no second factor', async () => {
    directory.setPolicies({ ...policy('mfa'), usersWithoutMfa: [ada.id] });

    expect((await arrive()).page.readable).toContain('AADSTS50079');
  });
});

describe('an account', () => {
  it('that is locked is refused by AADSTS50053', async () => {
    directory.setPolicies({ lockedUsers: [ada.id] });

    expect((await arrive()).page.readable).toContain('AADSTS50053');
  });
});

describe('an application', () => {
  it('that is switched off is refused by AADSTS7000112, on a page and to servers', async () => {
    const code = await codeFor(doors);
    directory.install(application, { accountEnabled: false });

    expect((await arrive()).page.readable).toContain(`AADSTS7000112: Application '${application.appId}'(Learn & Amp)`);
    expect(await redeem(doors, code)).toMatchObject({ error: 'unauthorized_client', error_codes: [7000112] });
    const { appId, passwordCredentials } = application;
    const credentials = { client_id: appId, client_secret: passwordCredentials[0]?.secretText ?? '' };
    const body = { grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default', ...credentials };
    expect(await redeem(doors, '', body)).toMatchObject({ error_codes: [7000112] });
  });
});

describe('what the emulator lacks', () => {
  it.each(['request', 'request_uri'])('is 501: the parameter %s', async (name) => {
    expect((await aBrowser(doors).open(signInUrl(doors, { [name]: 'x' }))).status).toBe(501);
  });

  it.each(['saml2', 'wsfed', 'oauth2/authorize', 'oauth2/token', 'oauth2/v2.0/devicecode', 'discovery/instance'])(
    'is 501: /%s',
    async (path) => {
      expect((await doors.send(`${doors.https}/common/${path}`)).status).toBe(501);
    },
  );
});
