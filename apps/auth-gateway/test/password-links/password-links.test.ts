import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import type { Browser } from '@learnamp/testkit';
import { LINK_LIMITS } from '../../src/passwords/attempts.ts';
import { hashPassword } from '../../src/passwords/password-hash.ts';
import { hashOf, newSecretToken } from '../../src/sessions/secret-token.ts';
import { learnerCommandsOf } from '../fixtures/learner-commands.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const OLD = 'correct horse battery staple';
const NEW = 'seven green umbrellas sing';
const email = 'ada@acme.example';
let world: World;
let adaId: string;

beforeAll(async () => {
  world = await aWorld();
  adaId = learnerIdOf(world.acme.id, 'microsoft', ada.oid);
}, 120_000);

afterAll(() => world.stop());

beforeEach(async () => {
  const { passwords, passwordLinks, passwordAttempts, redemptions, learners } = world.gateway.models;
  for (const { collection } of [passwordLinks, passwordAttempts, redemptions, passwords])
    await collection.deleteMany({});
  const about = { _id: adaId, organisationId: world.acme.id, setAt: new Date(Date.now() - 86_400_000) };
  await passwords.create({ ...about, hash: await hashPassword(OLD) });
  await learners.updateOne({ _id: adaId }, { $set: { active: true } });
});

const signIn = (password: string, browser = createBrowser()) =>
  browser.post(`${world.home}/sign-in/password`, { email, password });
const isSignedIn = async (browser: Browser) => (await browser.get(`${world.home}/`)).body.includes('Hello, Ada');

const HOUR = 3_600_000;

/** A link as profile-writer stores it, opened in a browser. */
async function opened(said: object = {}, home = world.home) {
  const token = newSecretToken();
  await world.gateway.models.passwordLinks.create({
    ...{ _id: token, organisationId: world.acme.id, learnerId: adaId, state: 'sent', tokenHash: hashOf(token) },
    ...{ nextAttemptAt: new Date(), createdAt: new Date(), expiresAt: new Date(Date.now() + HOUR) },
    ...said,
  });
  const browser = createBrowser();
  await browser.get(`${home}/password/new?token=${token}`);
  const choose = (password = NEW, again = password, headers = {}) =>
    browser.post(`${home}/password/new`, { password, again }, headers);
  return { token, browser, choose };
}

describe('asking for a new password', () => {
  const ask = (address = email, headers = {}) =>
    createBrowser().post(`${world.home}/password/forgotten`, { email: address }, headers);
  const asked = async () =>
    (await learnerCommandsOf(world.gateway))
      .map(({ action }) => action)
      .filter(({ kind }) => kind === 'send-password-link');

  it('hands the address to profile-writer and says the same whoever it belongs to', async () => {
    const known = await ask();
    const unknown = await ask('nobody@acme.example');

    expect([known.status, unknown.status]).toEqual([200, 200]);
    expect(unknown.body).toBe(known.body);
    expect(unknown.setCookies).toEqual(known.setCookies);
    expect((await asked()).slice(-2)).toEqual([
      { kind: 'send-password-link', email },
      { kind: 'send-password-link', email: 'nobody@acme.example' },
    ]);
  });

  it('is limited for one address, known or not, and wrong passwords are counted apart', async () => {
    const before = (await asked()).length;
    for (let n = 0; n < LINK_LIMITS.account; n++) expect((await ask()).status).toBe(200);

    expect((await ask()).status).toBe(429);
    expect((await asked()).length).toBe(before + LINK_LIMITS.account);
    expect((await signIn(OLD)).status).toBe(303);
    world.gateway.wait(16 * 60);
    expect((await ask()).status).toBe(200);
  });

  it('is refused from another site, and where passwords are switched off', async () => {
    const before = (await asked()).length;
    expect((await ask(email, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    await world.gateway.allowPasswords(world.acme.id, false);
    try {
      expect([(await ask()).status, (await createBrowser().get(`${world.home}/password/forgotten`)).status]).toEqual([
        403, 403,
      ]);
    } finally {
      await world.gateway.allowPasswords(world.acme.id, true);
    }

    expect((await asked()).length).toBe(before);
  });

  it('is offered on the home page', async () => {
    expect((await createBrowser().get(`${world.home}/`)).body).toContain('href="/password/forgotten"');
  });
});

describe('a password link', () => {
  it('sets the new password, ends the old one and every other session, and signs in', async () => {
    const elsewhere = createBrowser();
    await signIn(OLD, elsewhere);
    const { browser, choose } = await opened();
    expect((await browser.get(`${world.home}/password/new`)).body).toContain('Set password and sign in');
    expect(await isSignedIn(elsewhere)).toBe(true);

    const answer = await choose();

    expect([answer.status, answer.location]).toEqual([303, `${world.home}/`]);
    expect([await isSignedIn(browser), await isSignedIn(elsewhere)]).toEqual([true, false]);
    expect([(await signIn(OLD)).status, (await signIn(NEW)).status]).toEqual([401, 303]);
  });

  it('uses nothing up by being opened, and is good once', async () => {
    const { token, choose } = await opened();
    await createBrowser().get(`${world.home}/password/new?token=${token}`);

    expect((await choose()).status).toBe(303);
    const again = createBrowser();
    await again.get(`${world.home}/password/new?token=${token}`);
    expect((await again.get(`${world.home}/password/new`)).status).toBe(410);
    expect((await again.post(`${world.home}/password/new`, { password: OLD, again: OLD })).status).toBe(410);
  });

  it('ends the others that were asked for before', async () => {
    const [first, second] = [await opened(), await opened()];

    expect((await second.choose()).status).toBe(303);
    expect((await first.choose('another long password here')).status).toBe(410);
    expect((await signIn(NEW)).status).toBe(303);
  });

  it.each([
    ['ended', () => opened({ expiresAt: new Date(Date.now() - 1) })],
    ['is another organisation’s', () => opened({ organisationId: world.globex.id })],
    ['is opened at another organisation', () => opened({}, world.otherHome)],
  ])('is worth nothing where it %s', async (_what, open) => {
    const { choose } = await open();

    expect((await choose()).status).toBe(410);
    expect((await signIn(OLD)).status).toBe(303);
  });

  it('is worth nothing for somebody who is not active any more', async () => {
    const { choose } = await opened();
    await world.gateway.models.learners.updateOne({ _id: adaId }, { $set: { active: false } });

    expect((await choose()).status).toBe(410);
  });

  it.each([
    ['two that differ', NEW, 'seven green umbrellas sang', 'not the same'],
    ['one that is too short', 'short', 'short', 'at least 15'],
  ])('refuses %s, says why, and is still good', async (_what, password, again, why) => {
    const { choose } = await opened();

    const answer = await choose(password, again);

    expect([answer.status, answer.body]).toEqual([422, expect.stringContaining(why)]);
    expect((await choose()).status).toBe(303);
  });

  it('is refused from another site, and where passwords are switched off', async () => {
    const { choose } = await opened();
    expect((await choose(NEW, NEW, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    await world.gateway.allowPasswords(world.acme.id, false);
    try {
      expect((await choose()).status).toBe(403);
    } finally {
      await world.gateway.allowPasswords(world.acme.id, true);
    }

    expect((await choose()).status).toBe(303);
  });
});
