import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { aBrowser } from './a-browser.ts';
import { anApplication, CALLBACK, TENANT_ID } from './a-directory.ts';
import { openDoors } from './doors.ts';
import { answerIn, signInUrl, VERIFIER } from './sign-in-url.ts';

const doors = openDoors();
const { directory } = doors;
const silent = anApplication();
const told = anApplication({
  appId: 'cccccccc-0000-4000-8000-000000000003',
  displayName: 'Told',
  optionalClaims: { idToken: [{ name: 'sid' }, { name: 'login_hint' }] },
  web: { redirectUris: [CALLBACK], logoutUrl: 'http://localhost:3000/auth/signed-out?from=entra' },
});
beforeEach(() => void (directory.registered = [silent, told]));

const logoutUrl = (parameters: Record<string, string>) =>
  `${doors.http}/${TENANT_ID}/oauth2/v2.0/logout?${new URLSearchParams(parameters).toString()}`;

async function signedInTo(...appIds: string[]) {
  const browser = aBrowser(doors);
  let code = '';
  for (const client_id of appIds) {
    const page = await browser.open(signInUrl(doors, { client_id }));
    code = answerIn((page.status === 0 ? page : await browser.choose(page, 'Ada Lovelace')).url)['code'] ?? '';
  }
  return { browser, code };
}

describe('GET /{tenant}/oauth2/v2.0/logout', () => {
  it('ends the session and goes back to a registered address with the state', async () => {
    const { browser } = await signedInTo(silent.appId);

    const end = await browser.open(logoutUrl({ post_logout_redirect_uri: CALLBACK, state: 'bye & so' }));
    const silently = await browser.open(signInUrl(doors, { prompt: 'none' }));

    expect(end.url.startsWith(CALLBACK)).toBe(true);
    expect(answerIn(end.url)).toEqual({ state: 'bye & so' });
    expect(answerIn(silently.url)).toMatchObject({ error: 'login_required' });
    expect(browser.cookies.size).toBe(0);
  });

  it('stays on a page when the address is not registered or missing', async () => {
    const browser = aBrowser(doors);
    for (const parameters of [{ post_logout_redirect_uri: 'https://evil.example/' }, {}]) {
      const page = await browser.open(logoutUrl(parameters));

      expect(page.status).toBe(200);
      expect(page.readable).toContain('You signed out of your account');
      expect(page.text).not.toContain('evil.example');
    }
  });

  it('tells by a frame each application of the session that has a logout address, with the sid of its tokens', async () => {
    const { browser, code } = await signedInTo(silent.appId, told.appId);
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: told.appId,
      client_secret: told.passwordCredentials[0]?.secretText ?? '',
      redirect_uri: CALLBACK,
      code,
      code_verifier: VERIFIER,
    });
    const answer = await doors.send(`${doors.https}/${TENANT_ID}/oauth2/v2.0/token`, { method: 'POST', body });
    const { id_token } = (await answer.json()) as { id_token: string };

    const page = await browser.open(logoutUrl({ post_logout_redirect_uri: CALLBACK }));

    const frames = [...page.text.matchAll(/<iframe[^>]*src="([^"]*)"/g)].map(([, src = '']) =>
      src.replaceAll('&amp;', '&'),
    );
    expect(frames).toEqual([
      `http://localhost:3000/auth/signed-out?from=entra&sid=${String(decodeJwt(id_token)['sid'])}`,
    ]);
    expect(page.text).toContain(`href="${CALLBACK}"`);
  });

  it('tells no application that the session was not used for', async () => {
    const { browser } = await signedInTo(silent.appId);

    expect((await browser.open(logoutUrl({}))).text).not.toContain('<iframe');
  });
});
