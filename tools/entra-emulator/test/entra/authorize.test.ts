import { beforeEach, describe, expect, it, afterEach } from '@jest/globals';
import { aBrowser } from './a-browser.ts';
import { ada, aDirectory, anApplication, aUser, bo, CALLBACK, dan, gus } from './a-directory.ts';
import { openDoors } from './doors.ts';
import { answerIn, signInUrl } from './sign-in-url.ts';

const doors = openDoors();
const { directory } = doors;
beforeEach(() => void Object.assign(directory, { users: aDirectory().users, registered: [anApplication()] }));
afterEach(() => doors.moveClock(0));

describe('the page to choose a person', () => {
  it('lists the people with their names, guests and disabled accounts marked, and names the application', async () => {
    const page = await aBrowser(doors).open(signInUrl(doors));

    expect(page.status).toBe(200);
    expect(page.readable).toContain('Sign in to Learn & Amp Contoso');
    expect(page.forms[1]?.buttons.map((button) => button.label)).toEqual([
      ada.displayName,
      bo.displayName,
      dan.displayName,
      gus.displayName,
    ]);
    expect(page.readable).toMatch(/Dan Disabled dan@contoso\.example Disabled/);
    expect(page.readable).toMatch(/#EXT#@contoso\.example Guest/);
  });

  it('writes names as text, whatever is in them', async () => {
    const page = await aBrowser(doors).open(signInUrl(doors));

    expect(page.text).not.toContain('<b>Bold</b>');
    expect(page.text).toContain('Bo &lt;b&gt;Bold&lt;/b&gt; &amp; &quot;Co&quot;');
  });

  it('signs in whom a button names', async () => {
    const browser = aBrowser(doors);

    const end = await browser.choose(await browser.open(signInUrl(doors)), 'Ada Lovelace');

    expect(end.url.startsWith(`${CALLBACK}?code=`)).toBe(true);
    expect(Object.keys(answerIn(end.url))).toEqual(['code', 'session_state', 'state']);
    expect(answerIn(end.url)['state']).toBe('the state & more');
  });

  it('finds people by a search, and keeps the request through it', async () => {
    const browser = aBrowser(doors);
    const page = await browser.open(signInUrl(doors));

    const found = await browser.fill(page, 'search', 'love');
    const end = await browser.choose(found, 'Ada Lovelace');

    expect(found.forms[1]?.buttons.map((button) => button.label)).toEqual(['Ada Lovelace']);
    expect(answerIn(end.url)).toMatchObject({ state: 'the state & more', code: expect.any(String) });
  });

  it('says when nobody is found and when there are more', async () => {
    const browser = aBrowser(doors);
    directory.users = Array.from({ length: 51 }, (_, index) => aUser({ id: `many-${index}` }));

    const many = await browser.open(signInUrl(doors));
    const none = await browser.open(signInUrl(doors, { search: '<nobody>' }));

    expect(many.forms[1]?.buttons).toHaveLength(50);
    expect(many.readable).toContain('Only the first 50 are shown');
    expect(none.readable).toContain('Nobody matches “<nobody>”');
  });

  it.each([
    ['a user principal name', ada.userPrincipalName],
    ['a guest by the home address', 'gus@partner.example'],
  ])('takes %s typed in', async (_name, account) => {
    const browser = aBrowser(doors);
    const page = await browser.open(signInUrl(doors));

    const end = await browser.fill(page, 'account', account);

    expect(answerIn(end.url)).toHaveProperty('code');
  });

  it('refuses a disabled account by AADSTS50057 and an unknown one by AADSTS50034, and asks again', async () => {
    const browser = aBrowser(doors);
    const page = await browser.open(signInUrl(doors));

    const disabled = await browser.choose(page, 'Dan Disabled');
    const unknown = await browser.fill(page, 'account', 'nobody@contoso.example');
    const end = await browser.choose(unknown, 'Ada Lovelace');

    expect(disabled.readable).toContain('AADSTS50057');
    expect(unknown.readable).toContain('AADSTS50034');
    expect(browser.cookies.size).toBe(1);
    expect(answerIn(end.url)).toHaveProperty('code');
  });

  it('searches for whom the application hints at', async () => {
    const page = await aBrowser(doors).open(signInUrl(doors, { login_hint: ada.userPrincipalName }));
    const stranger = await aBrowser(doors).open(signInUrl(doors, { login_hint: 'x@y.example' }));

    expect(page.text).toContain(`name="search" value="${ada.userPrincipalName}"`);
    expect(stranger.text).toMatch(/name="account"\s+value="x@y\.example"/);
    expect(stranger.forms[1]?.buttons).toHaveLength(4);
  });

  it('goes on to no page but its own', async () => {
    const browser = aBrowser(doors);
    const login = { action: `${doors.http}/common/login`, method: 'post', hidden: {}, buttons: [], fields: [] };

    for (const elsewhere of [
      'https://evil.example/t/oauth2/v2.0/authorize',
      '//evil.example/t/adminconsent',
      '/t/oauth2/v2.0/token',
    ]) {
      const end = await browser.submit(login, { continue: elsewhere, account: ada.userPrincipalName });
      expect(end).toMatchObject({ status: 400 });
      expect(end.readable).toContain('AADSTS90023');
    }
    expect(browser.cookies.size).toBe(0);
  });
});

describe('single sign-on', () => {
  async function signedIn() {
    const browser = aBrowser(doors);
    await browser.choose(await browser.open(signInUrl(doors)), 'Ada Lovelace');
    return browser;
  }

  it('asks nothing the second time, and prompt=none then succeeds', async () => {
    const browser = await signedIn();

    expect(answerIn((await browser.open(signInUrl(doors))).url)).toHaveProperty('code');
    expect(answerIn((await browser.open(signInUrl(doors, { prompt: 'none' }))).url)).toHaveProperty('code');
  });

  it('refuses prompt=none by login_required without a session', async () => {
    const answer = answerIn((await aBrowser(doors).open(signInUrl(doors, { prompt: 'none' }))).url);

    expect(answer).toMatchObject({ error: 'login_required', state: 'the state & more' });
    expect(answer['error_description']).toMatch(/^AADSTS50058: /);
  });

  it.each(['login', 'select_account'])('asks again by prompt=%s, once', async (prompt) => {
    const browser = await signedIn();

    const page = await browser.open(signInUrl(doors, { prompt }));
    const end = await browser.choose(page, bo.displayName);

    expect(page.readable).toMatch(/ada@contoso\.example Signed in/);
    expect(answerIn(end.url)).toHaveProperty('code');
  });

  it('asks when another person is hinted at, and not when it is the same', async () => {
    const browser = await signedIn();

    expect((await browser.open(signInUrl(doors, { login_hint: bo.userPrincipalName }))).status).toBe(200);
    expect((await browser.open(signInUrl(doors, { login_hint: 'nobody@contoso.example' }))).status).toBe(200);
    expect(answerIn((await browser.open(signInUrl(doors, { login_hint: ada.userPrincipalName }))).url)).toHaveProperty(
      'code',
    );
  });

  it('ends when the account is disabled, and after a day', async () => {
    const browser = await signedIn();
    const silently = async () => answerIn((await browser.open(signInUrl(doors, { prompt: 'none' }))).url);

    directory.users = [{ ...ada, accountEnabled: false }];
    expect(await silently()).toMatchObject({ error: 'login_required' });
    directory.users = [ada];
    expect(await silently()).toHaveProperty('code');
    doors.moveClock(86_400_000);
    expect(await silently()).toMatchObject({ error: 'login_required' });
  });

  it('is no one else’s', async () => {
    await signedIn();
    const stranger = aBrowser(doors);
    stranger.cookies.set('ESTSAUTH', 'guessed');

    expect(answerIn((await stranger.open(signInUrl(doors, { prompt: 'none' }))).url)).toMatchObject({
      error: 'login_required',
    });
  });

  it('asks for consent by prompt=consent: accepting gives a code, cancelling consent_required', async () => {
    const browser = await signedIn();

    const page = await browser.open(signInUrl(doors, { prompt: 'consent' }));
    const accepted = await browser.choose(page, 'Accept');
    const cancelled = answerIn((await browser.choose(page, 'Cancel')).url);

    expect(page.readable).toContain('Permissions requested by Learn & Amp');
    expect(answerIn(accepted.url)).toHaveProperty('code');
    expect(cancelled).toMatchObject({ error: 'consent_required', state: 'the state & more' });
    expect(cancelled['error_description']).toMatch(/^AADSTS65004: /);
  });
});

describe('GET /{tenant}/oauth2/v2.0/authorize', () => {
  it.each([
    ['a redirect URI that is not registered', { redirect_uri: `${CALLBACK}/` }, 'AADSTS50011'],
    ['an unknown application', { client_id: 'dddddddd-0000-4000-8000-000000000009' }, 'AADSTS700016'],
    ['no application', { client_id: undefined }, 'AADSTS900144'],
    ['an unknown response mode', { response_mode: 'web_message' }, 'AADSTS70007'],
  ])('shows %s on a page and redirects nowhere', async (_name, changes, number) => {
    const page = await aBrowser(doors).open(signInUrl(doors, changes));

    expect(page.status).toBe(400);
    expect(page.url.startsWith(doors.http)).toBe(true);
    expect(page.readable).toContain(number);
  });

  it.each([
    ['no response type', { response_type: undefined }, 'invalid_request', 'AADSTS900144'],
    ['an implicit response type', { response_type: 'code id_token' }, 'unsupported_response_type', 'AADSTS700054'],
    ['another response type', { response_type: 'none' }, 'unsupported_response_type', 'AADSTS70005'],
    ['no scope', { scope: undefined }, 'invalid_request', 'AADSTS900144'],
    ['a scope of another resource', { scope: 'openid https://vault.example/x' }, 'invalid_scope', 'AADSTS70011'],
    ['an unknown prompt', { prompt: 'maybe' }, 'invalid_request', 'AADSTS90023'],
    ['an unknown challenge method', { code_challenge_method: 'S512' }, 'invalid_request', 'AADSTS50149'],
    ['a short challenge', { code_challenge: 'short' }, 'invalid_request', 'AADSTS501491'],
  ])('sends %s back to the application', async (_name, changes, error, number) => {
    const answer = answerIn((await aBrowser(doors).open(signInUrl(doors, changes))).url);

    expect(answer).toMatchObject({ error, state: 'the state & more' });
    expect(answer['error_description']?.startsWith(`${number}: `)).toBe(true);
  });

  it('answers in the fragment and by a form when asked to', async () => {
    const browser = aBrowser(doors);
    await browser.choose(await browser.open(signInUrl(doors)), 'Ada Lovelace');

    const fragment = new URL((await browser.open(signInUrl(doors, { response_mode: 'fragment' }))).url);
    const form = await browser.open(signInUrl(doors, { response_mode: 'form_post' }));

    expect(fragment.search).toBe('');
    expect(Object.fromEntries(new URLSearchParams(fragment.hash.slice(1)))).toHaveProperty('code');
    expect(form.forms[0]).toMatchObject({ action: CALLBACK, method: 'post', hidden: { state: 'the state & more' } });
    expect(form.forms[0]?.hidden).toHaveProperty('code');
  });

  it('takes the request by POST as well, and keeps the query of a redirect URI', async () => {
    const redirect_uri = `${CALLBACK}?from=entra`;
    directory.registered = [anApplication({ web: { redirectUris: [redirect_uri] } })];
    const browser = aBrowser(doors);
    const { pathname, searchParams } = new URL(signInUrl(doors, { redirect_uri }));

    const page = await browser.submit(
      {
        action: doors.http + pathname,
        method: 'post',
        hidden: Object.fromEntries(searchParams),
        buttons: [],
        fields: [],
      },
      {},
    );
    const end = await browser.choose(page, 'Ada Lovelace');

    expect(answerIn(end.url)).toMatchObject({ from: 'entra', code: expect.any(String) });
  });
});
