import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ada, aWorld, createBrowser, TENANT_ID, type World } from '../fixtures/world.ts';

let world: World;

beforeAll(async () => {
  world = await aWorld();
}, 120_000);

afterAll(() => world.stop());

const isSignedIn = async (browser: ReturnType<typeof createBrowser>, home = world.home) =>
  (await browser.get(`${home}/`)).body.includes('Hello, Ada Lovelace');

/** A browser that has begun a sign-in, and the address that Microsoft sends it back to. */
async function onTheWay() {
  const browser = createBrowser();
  return { browser, callback: world.op.authorize(await world.begin(browser), ada) };
}

describe('a sign-in', () => {
  it('asks Microsoft for a code, with PKCE, state and nonce, at the organisation’s own tenant', async () => {
    const url = new URL(await world.begin(createBrowser()));

    expect(url.origin + url.pathname).toBe(`${world.op.url}/${TENANT_ID}/authorize`);
    const parameters = Object.fromEntries(url.searchParams);
    expect(parameters).toMatchObject({
      response_type: 'code',
      redirect_uri: `${world.central}/auth/callback`,
      code_challenge_method: 'S256',
      scope: 'openid profile email',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(parameters[name]).toMatch(/^[\w-]{43}$/);
  });

  it('sends each browser on with a state, a nonce and a challenge of its own', async () => {
    const [one, other] = [await world.begin(createBrowser()), await world.begin(createBrowser())];

    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(new URL(one).searchParams.get(name)).not.toBe(new URL(other).searchParams.get(name));
    }
  });

  it('keeps its cookies to the host, away from scripts and from cross-site posts', async () => {
    const { browser, callback } = await onTheWay();
    const started = await browser.post(`${world.home}/sign-in/microsoft`);
    const ended = await world.goBack(browser, world.op.authorize(started.location, ada));

    const set = [...started.setCookies, ...ended.setCookies];
    expect(set.map((line) => line.split('=')[0])).toEqual(
      expect.arrayContaining(['__Host-sign-in', '__Host-session', '__Host-refresh']),
    );
    for (const line of set) {
      expect(line).toMatch(/^__Host-/);
      expect(line).toMatch(/; Path=\/;.*HttpOnly; Secure; SameSite=Lax/);
      expect(line).not.toMatch(/Domain/i);
    }
    expect(callback).not.toBe('');
  });

  it('ends at the page that it was begun for', async () => {
    const browser = createBrowser();
    const callback = world.op.authorize(await world.begin(browser, { returnTo: '/courses?page=2' }), ada);

    expect((await world.goBack(browser, callback)).location).toBe(`${world.home}/courses?page=2`);
  });

  it('ends at the home page when it was begun for another site', async () => {
    const browser = createBrowser();
    const callback = world.op.authorize(await world.begin(browser, { returnTo: '//evil.example/' }), ada);

    expect((await world.goBack(browser, callback)).location).toBe(`${world.home}/`);
  });

  it('can be answered just before ten minutes are over', async () => {
    const { browser, callback } = await onTheWay();
    world.gateway.wait(590);

    await world.goBack(browser, callback);

    expect(await isSignedIn(browser)).toBe(true);
  });

  it('can’t be answered after ten minutes', async () => {
    const { browser, callback } = await onTheWay();
    world.gateway.wait(610);

    // The central host doesn't know whose sign-in it was, and there are two organisations.
    expect((await browser.get(callback)).location).toBe(`${world.central}/`);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('can’t be answered twice with one state', async () => {
    const { browser, callback } = await onTheWay();
    const [first, second] = await Promise.all([browser.get(callback), browser.get(callback)]);

    const targets = [first.location, second.location].map((location) => new URL(location).pathname);
    expect(targets.toSorted()).toEqual(['/', '/auth/complete']);
  });

  it('can’t be answered with a state that nobody was given', async () => {
    const browser = createBrowser();

    expect((await browser.get(`${world.central}/auth/callback?code=x&state=unknown`)).location).toBe(
      `${world.central}/`,
    );
  });

  it('can’t be answered with two states or two codes', async () => {
    const { browser, callback } = await onTheWay();

    for (const twice of ['state=unknown', 'code=another']) {
      expect((await browser.get(`${callback}&${twice}`)).location).toBe(`${world.central}/`);
    }
    expect(await isSignedIn(browser)).toBe(false);
  });
});

describe('the hand-over from the central host', () => {
  it('works once', async () => {
    const { browser, callback } = await onTheWay();
    const { location } = await browser.get(callback);
    const began = new Map(browser.cookies(new URL(world.home).host));

    await browser.get(location);
    expect(await isSignedIn(browser)).toBe(true);

    const again = createBrowser();
    for (const [name, value] of began) again.cookies(new URL(world.home).host).set(name, value);
    expect((await again.get(location)).location).toBe(`${world.home}/`);
    expect(await isSignedIn(again)).toBe(false);
  });

  it('works within a minute', async () => {
    const { browser, callback } = await onTheWay();
    const { location } = await browser.get(callback);
    world.gateway.wait(61);

    expect((await browser.get(location)).location).toBe(`${world.home}/`);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('works only in the browser that began, which can still use it then', async () => {
    const { browser, callback } = await onTheWay();
    const { location } = await browser.get(callback);
    const other = createBrowser();
    await world.begin(other);

    for (const wrong of [createBrowser(), other]) {
      expect((await wrong.get(location)).location).toBe(`${world.home}/`);
      expect(await isSignedIn(wrong)).toBe(false);
    }

    await browser.get(location);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('works only at the home where the sign-in began', async () => {
    const { browser, callback } = await onTheWay();
    const { location } = await browser.get(callback);
    const elsewhere = new URL(location);
    elsewhere.hostname = 'globex.localhost';
    const cookie = browser.cookies(new URL(world.home).host).get('__Host-sign-in') ?? '';
    browser.cookies(elsewhere.host).set('__Host-sign-in', cookie);

    expect((await browser.get(elsewhere.href)).location).toBe(`${world.otherHome}/`);
    expect(browser.cookies(elsewhere.host).has('__Host-session')).toBe(false);

    await browser.get(location);
    expect(await isSignedIn(browser)).toBe(true);
  });
});

describe('the start of a sign-in', () => {
  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ["another organisation's home", { 'sec-fetch-site': 'same-site', origin: 'http://globex.localhost' }],
    ['a page without an origin', { 'sec-fetch-site': 'cross-site', origin: 'null' }],
  ])('is refused from %s', async (_name, headers) => {
    const answer = await createBrowser().post(`${world.home}/sign-in/microsoft`, {}, headers);

    expect(answer.status).toBe(403);
    expect(answer.setCookies).toEqual([]);
  });

  it('is no link', async () => {
    const browser = createBrowser();
    const query = `iss=${encodeURIComponent(world.op.url)}&login_hint=ada&target_link_uri=${encodeURIComponent('https://evil.example')}`;

    for (const link of [
      '/sign-in/microsoft',
      `/sign-in/microsoft?${query}`,
      '/auth/callback?code=a&state=b',
      '/auth/complete',
    ]) {
      const answer = await browser.get(world.home + link);
      expect([answer.status, answer.location, answer.setCookies]).toEqual([303, `${world.home}/`, []]);
    }
    expect((await browser.get(`${world.home}/?${query}`)).body).toContain('Sign in with Microsoft');
  });

  it('is refused, with the reason, where signing in with Microsoft is switched off', async () => {
    const { organisations, connection } = world.gateway;
    const off = await world.gateway.organisation({
      subdomain: 'initech',
      name: 'Initech',
      tenantId: '9f4e2d00-5c3e-4f8b-a0b1-3c9c6d4e5f04',
    });
    const filter = { subdomain: off.subdomain };
    await connection.collection('organisations').updateOne(filter, { $set: { 'singleSignOn.enabled': false } });
    expect((await organisations.findById(off.id))?.singleSignOn.enabled).toBe(false);

    const home = `http://initech.localhost:${world.gateway.port}`;
    expect((await createBrowser().get(`${home}/`)).body).not.toContain('Sign in with Microsoft');
    const answer = await createBrowser().post(`${home}/sign-in/microsoft`);
    expect(answer.body).toContain('Signing in with Microsoft is switched off for Initech.');
  });
});
