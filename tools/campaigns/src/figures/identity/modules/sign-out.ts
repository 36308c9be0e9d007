import type { Browser } from '@learnamp/testkit';
import { expectAnswer, type Module, played, type Scene, skipped } from './module.ts';

const test = (name: string) => `oidcc-client-test${name}`;

const SID = 'a-session-at-microsoft';

/** Somebody who is signed in, and of whom Microsoft named its own session. */
async function signedIn({ company, browser }: Scene): Promise<Browser> {
  const there = browser();
  expectAnswer(await company.signIn(there, { ...company.person, sid: SID }), isSignedIn(there, company.home));
  return there;
}

const isSignedIn = (browser: Browser, home: string) => browser.cookies(new URL(home).host).has('__Host-session');

/** Signs out and goes on to Microsoft; gives the address that Microsoft sends the browser back to, with its state. */
async function signOut({ company, stage }: Scene, browser: Browser): Promise<URL> {
  const answer = await browser.post(`${company.home}/sign-out`);
  const { origin, searchParams } = new URL(answer.location);
  expectAnswer(answer, origin === stage.op.url && searchParams.has('state'));
  const back = new URL(searchParams.get('post_logout_redirect_uri') ?? '');
  back.searchParams.set('state', searchParams.get('state') ?? '');
  return back;
}

const signOutAndBack = (name: string, change: (back: URL) => void) =>
  played(name, 'signed out', async (scene) => {
    const browser = await signedIn(scene);
    const kept = new Map(browser.cookies(new URL(scene.company.home).host));
    const back = await signOut(scene, browser);
    change(back);
    const answer = await browser.get(back.href);
    expectAnswer(answer, [scene.company.home, scene.stage.central].includes(new URL(answer.location).origin));
    // Cookies that somebody kept from before are worth nothing.
    for (const [cookie, value] of kept) browser.cookies(new URL(scene.company.home).host).set(cookie, value);
  });

/** What Microsoft's page loads in a frame, without our cookies. */
function frame({ stage, company, browser }: Scene, parameters: Readonly<Record<string, string>>) {
  const query = new URLSearchParams({ iss: stage.op.issuerOf(company.tenantId), sid: SID, ...parameters });
  return browser().get(`${stage.central}/auth/front-channel-logout?${query.toString()}`);
}

/** Plans of refresh tokens, of the three kinds of signing out, and of starts from elsewhere. */
export const signOutAndStart: readonly Module[] = [
  ...skipped('no refresh token is asked for: offline_access is not among the scopes', [
    test('-refresh-token'),
    test('-refresh-token-invalid-issuer'),
    test('-refresh-token-invalid-sub'),
  ]),
  signOutAndBack(test('-rp-init-logout'), () => undefined),
  signOutAndBack(test('-rp-init-logout-other-state'), ({ searchParams }) => searchParams.set('state', 'evil.example')),
  signOutAndBack(test('-rp-init-logout-no-state'), ({ searchParams }) => searchParams.delete('state')),
  played(test('-rp-frontchannel-rpinitlogout'), 'signed out', async (scene) => {
    const browser = await signedIn(scene);
    const back = await signOut(scene, browser);
    expectAnswer(await frame(scene, {}), true);
    await browser.get(back.href);
  }),
  played(test('-rp-frontchannel-opinitlogout'), 'signed out', async (scene) => {
    const browser = await signedIn(scene);
    await frame(scene, { sid: 'another-session' });
    await frame(scene, { iss: scene.stage.op.issuerOf(scene.other.tenantId) });
    const greeting = await browser.get(`${scene.company.home}/`);
    expectAnswer(greeting, greeting.body.includes(scene.company.person.name));
    await frame(scene, {});
  }),
  ...skipped('Microsoft sends no logout tokens', [
    test('-rp-backchannel-rpinitlogout'),
    ...['alg-none', 'no-event', 'with-nonce', 'wrong-alg', 'wrong-aud', 'wrong-event', 'wrong-iss'].map((what) =>
      test(`-rp-backchannel-rpinitlogout-${what}`),
    ),
  ]),
  ...skipped('Microsoft has no check_session_iframe', [test('-session-management')]),
  // Inverted: a sign-in starts at home, and nowhere else.
  played(test('-3rd-party-init-login'), 'refused', async ({ stage, company, browser }) => {
    const there = browser();
    const query = new URLSearchParams({
      iss: stage.op.issuerOf(company.tenantId),
      login_hint: company.person.preferred_username,
      target_link_uri: `${company.home}/courses`,
    }).toString();
    const fromElsewhere = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
    for (const path of ['/', '/sign-in/microsoft', '/auth/complete', '/auth/callback']) {
      const answer = await there.get(`${company.home}${path}?${query}`, fromElsewhere);
      // Were this to start a sign-in, the person would be signed in at Microsoft already.
      if (answer.location.startsWith(stage.op.url)) {
        await there.get((await there.get(stage.op.authorize(answer.location, { ...company.person }))).location);
      }
    }
    const posted = await there.post(`${company.home}/sign-in/microsoft`, {}, fromElsewhere);
    expectAnswer(posted, posted.status === 403);
  }),
];
