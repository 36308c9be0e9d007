import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, importPKCS8, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { storeLearner } from '../fixtures/a-learner.ts';
import type { Browser } from '@learnamp/testkit';
import { aSigningKey } from '../fixtures/gateway.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

let world: World;
let browser: Browser;
let host: string;

beforeAll(async () => {
  world = await aWorld();
  host = new URL(world.home).host;
}, 120_000);

afterAll(() => world.stop());

beforeEach(async () => {
  await world.gateway.models.learners.deleteMany({});
  await storeLearner(world.gateway, { organisationId: world.acme.id, personId: ada.oid });
  browser = createBrowser();
  await world.signIn(browser);
  expect(await greeted()).toBe(true);
});

const greeted = async (at = world.home) => (await browser.get(`${at}/`)).body.includes('Hello, Ada Lovelace');
const accessToken = () => browser.cookies(host).get('__Host-session') ?? '';
const sessions = () => world.gateway.models.sessions;

async function publishedKeys(): Promise<JSONWebKeySet> {
  return JSON.parse((await browser.get(`${world.central}/.well-known/jwks.json`)).body) as JSONWebKeySet;
}

describe('a session', () => {
  it('has a token of ten minutes that the published keys verify, for one organisation', async () => {
    const options = { issuer: world.central, audience: world.acme.id, algorithms: ['ES256'] };
    const { payload, protectedHeader } = await jwtVerify(
      accessToken(),
      createLocalJWKSet(await publishedKeys()),
      options,
    );

    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);
    expect(protectedHeader.kid).toBe((await publishedKeys()).keys[0]?.kid);
    expect(await publishedKeys()).toEqual({
      keys: [
        {
          kty: 'EC',
          crv: 'P-256',
          alg: 'ES256',
          use: 'sig',
          kid: expect.any(String),
          x: expect.any(String),
          y: expect.any(String),
        },
      ],
    });
  });

  it('goes on after the token has run out, with a new one', async () => {
    const before = accessToken();
    world.gateway.wait(601);

    expect(await greeted()).toBe(true);
    expect(accessToken()).not.toBe(before);
  });

  it('ends after twelve hours, however busy', async () => {
    for (let hour = 0; hour < 11; hour += 1) {
      world.gateway.wait(3_600);
      expect(await greeted()).toBe(true);
    }
    world.gateway.wait(3_601);

    expect(await greeted()).toBe(false);
  });

  it('ends at once when the learner is deactivated', async () => {
    await world.gateway.models.learners.updateMany({}, { $set: { active: false } });

    expect(await greeted()).toBe(false);
    expect([...browser.cookies(host).keys()]).not.toContain('__Host-session');
  });

  it('ends at once when the learner’s session version is raised', async () => {
    await world.gateway.models.learners.updateMany({}, { $inc: { sessionVersion: 1 } });

    expect(await greeted()).toBe(false);
  });

  it('ends at once when it is revoked, or gone', async () => {
    await sessions().updateMany({}, { $set: { revokedAt: new Date() } });
    expect(await greeted()).toBe(false);

    await world.signIn(browser);
    expect(await greeted()).toBe(true);
    await sessions().deleteMany({});
    expect(await greeted()).toBe(false);
  });

  it('is good at its own organisation only', async () => {
    const other = new URL(world.otherHome).host;
    for (const [name, value] of browser.cookies(host)) browser.cookies(other).set(name, value);

    expect((await browser.get(`${world.otherHome}/me/photo`)).status).toBe(401);
    expect((await browser.get(`${world.otherHome}/`)).body).toContain('Welcome to Globex');
  });

  it('is not had by a token that somebody else has signed', async () => {
    const { kid = '' } = decodeProtectedHeader(accessToken());
    const { payload } = await jwtVerify(accessToken(), createLocalJWKSet(await publishedKeys()));
    const key = await importPKCS8(aSigningKey(), 'ES256');
    const forged = await new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid }).sign(key);
    const byRetiredKey = await new SignJWT(payload)
      .setProtectedHeader({ alg: 'ES256', kid: 'a-key-that-was-retired' })
      .sign(key);
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${accessToken().split('.')[1] ?? ''}.`;
    browser.cookies(host).delete('__Host-refresh');

    for (const token of [forged, byRetiredKey, unsigned, 'rubbish']) {
      browser.cookies(host).set('__Host-session', token);
      expect(await greeted()).toBe(false);
    }
  });

  it('is neither had nor ended by a refresh token that nobody was given', async () => {
    const kept = new Map(browser.cookies(host));
    const sessionId = (await sessions().findOne({ revokedAt: null }).sort({ createdAt: -1 }).lean())?._id ?? '';
    for (const madeUp of ['made-up', `${sessionId}.${'A'.repeat(43)}`]) {
      const stranger = createBrowser();
      stranger.cookies(host).set('__Host-refresh', madeUp);
      expect((await stranger.get(`${world.home}/`)).body).not.toContain('Hello');
    }

    for (const [name, value] of kept) browser.cookies(host).set(name, value);
    expect(await greeted()).toBe(true);
  });

  it('leaves nothing in the database that would make another browser signed in', async () => {
    const stored = JSON.stringify(await sessions().find().lean());

    for (const name of ['__Host-session', '__Host-refresh'] as const) {
      expect(stored).not.toContain(browser.cookies(host).get(name) ?? '');
    }
  });
});

describe('a refresh token', () => {
  const refreshToken = () => browser.cookies(host).get('__Host-refresh') ?? '';
  const comeWith = async (token: string) => {
    const other = createBrowser();
    other.cookies(host).set('__Host-refresh', token);
    const answer = await other.get(`${world.home}/`);
    return { isKnown: answer.body.includes('Hello, Ada'), next: other.cookies(host).get('__Host-refresh') };
  };

  it('is replaced each time, and the cookie lives as long as the session', async () => {
    const first = refreshToken();
    world.gateway.wait(3_600);
    const { next, isKnown } = await comeWith(first);

    expect([isKnown, next === first]).toEqual([true, false]);
    expect((await comeWith(next ?? '')).isKnown).toBe(true);
  });

  it('leads two tabs that come at once to the same next one', async () => {
    const first = refreshToken();
    const tabs = await Promise.all(Array.from({ length: 6 }, () => comeWith(first)));

    expect(new Set(tabs.map(({ next }) => next)).size).toBe(1);
    expect(tabs.every(({ isKnown }) => isKnown)).toBe(true);
    expect((await comeWith(tabs[0]?.next ?? '')).isKnown).toBe(true);
  });

  it('that is used again later ends the session, for both who have it', async () => {
    const first = refreshToken();
    const { next } = await comeWith(first);
    world.gateway.wait(31);

    expect((await comeWith(first)).isKnown).toBe(false);
    expect((await comeWith(next ?? '')).isKnown).toBe(false);
    expect(world.gateway.log.map(({ msg }) => msg)).toContain('refresh token used again: session ended');
  });

  it('of two generations ago ends it at once', async () => {
    const first = refreshToken();
    const { next } = await comeWith(first);
    const { next: third } = await comeWith(next ?? '');

    expect((await comeWith(first)).isKnown).toBe(false);
    expect((await comeWith(third ?? '')).isKnown).toBe(false);
  });
});

describe('signing out', () => {
  it('ends the session here first, then leads to Microsoft and back', async () => {
    const kept = new Map(browser.cookies(host));

    const { location } = await browser.post(`${world.home}/sign-out`);

    const url = new URL(location);
    expect(url.origin).toBe(world.op.url);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      post_logout_redirect_uri: `${world.central}/auth/signed-out`,
      state: 'acme',
    });
    expect(browser.cookies(host).size).toBe(0);
    for (const [name, value] of kept) browser.cookies(host).set(name, value);
    expect(await greeted()).toBe(false);

    const back = await browser.get(`${world.central}/auth/signed-out?state=acme`);
    expect(back.location).toBe(`${world.home}/?notice=signed-out`);
    expect((await browser.get(back.location)).body).toContain('You are signed out.');
  });

  it('is refused from another site', async () => {
    const answer = await browser.post(`${world.home}/sign-out`, {}, { 'sec-fetch-site': 'cross-site' });

    expect(answer.status).toBe(403);
    expect(await greeted()).toBe(true);
  });

  it('leads back to no other site', async () => {
    for (const state of ['evil.example', '//evil.example', 'nobody', '']) {
      const { location } = await browser.get(`${world.central}/auth/signed-out?state=${encodeURIComponent(state)}`);
      expect(location).toBe(`${world.central}/?notice=signed-out`);
    }
  });

  it('follows when Microsoft says that its own session has ended', async () => {
    await world.signIn(browser, { ...ada, sid: 'session-at-microsoft' });
    await browser.get(`${world.central}/auth/front-channel-logout?sid=another`);
    expect(await greeted()).toBe(true);

    await browser.get(`${world.central}/auth/front-channel-logout?sid=session-at-microsoft`);
    expect(await greeted()).toBe(false);
  });
});
