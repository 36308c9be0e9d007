import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import { LIMITS, WINDOW_MINUTES } from '../../src/passwords/attempts.ts';
import { hashPassword } from '../../src/passwords/password-hash.ts';
import type { Browser } from '@learnamp/testkit';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const PASSWORD = 'correct horse battery staple';
const email = 'ada@acme.example';
let world: World;
let adaId: string;

beforeAll(async () => {
  world = await aWorld();
  adaId = learnerIdOf(world.acme.id, 'microsoft', ada.oid);
  const about = { _id: adaId, organisationId: world.acme.id, setAt: new Date() };
  await world.gateway.models.passwords.create({ ...about, hash: await hashPassword(PASSWORD) });
}, 120_000);

afterAll(() => world.stop());

beforeEach(async () => {
  await world.gateway.models.passwordAttempts.deleteMany({});
  await world.gateway.models.learners.updateOne({ _id: adaId }, { $set: { active: true } });
});

const tryPassword = (
  password: string,
  { browser = createBrowser(), ...form }: { browser?: Browser; email?: string } = {},
) => browser.post(`${world.home}/sign-in/password`, { email, password, ...form });

const guess = async (times: number, form: { browser?: Browser; email?: string } = {}) => {
  const statuses: number[] = [];
  for (let n = 0; n < times; n++) statuses.push((await tryPassword(`wrong ${n}`, form)).status);
  return statuses;
};

const forwarded = ({ home }: World) =>
  createBrowser().post(`${home}/sign-in/password`, { email, password: 'wrong' }, { 'x-forwarded-for': '192.0.2.9' });

const addressesOf = async ({ gateway }: World) =>
  (await gateway.models.passwordAttempts.find({ _id: /^address:/ }).lean()).map(({ _id }) => _id);

const isSignedIn = async (browser: Browser) => (await browser.get(`${world.home}/`)).body.includes('Hello, Ada');

describe('signing in with a password', () => {
  it('begins a session and goes on to where the person wanted to go', async () => {
    const browser = createBrowser();
    const form = { email: 'ADA@acme.example ', password: PASSWORD, returnTo: '/?notice=x' };

    const answer = await browser.post(`${world.home}/sign-in/password`, form);

    expect([answer.status, answer.location]).toEqual([303, `${world.home}/?notice=x`]);
    expect(await isSignedIn(browser)).toBe(true);
    const session = await world.gateway.models.sessions.findOne({ learnerId: adaId }).sort({ createdAt: -1 }).lean();
    expect(session?.microsoft).toBeNull();
  });

  it('ends at the home page, not at Microsoft, by signing out', async () => {
    const browser = createBrowser();
    await tryPassword(PASSWORD, { browser });

    expect((await browser.post(`${world.home}/sign-out`)).location).toBe(`${world.home}/?notice=signed-out`);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('takes the same characters from another keyboard', async () => {
    await world.gateway.models.passwords.updateOne({ _id: adaId }, { hash: await hashPassword('fünfzehn Bäume hier') });

    expect((await tryPassword('fu\u0308nfzehn Ba\u0308ume hier')).status).toBe(303);
    await world.gateway.models.passwords.updateOne({ _id: adaId }, { hash: await hashPassword(PASSWORD) });
  });

  it('answers alike for a wrong password, an unknown address and a learner without a password', async () => {
    const wrong = await tryPassword('wrong');
    const unknown = await tryPassword(PASSWORD, { email: 'nobody@acme.example' });
    const elsewhere = await createBrowser().post(`${world.otherHome}/sign-in/password`, { email, password: PASSWORD });

    expect([wrong.status, unknown.status, elsewhere.status]).toEqual([401, 401, 401]);
    expect(unknown.body.replace('nobody@', 'ada@')).toBe(wrong.body);
    expect(wrong.body).toContain('do not belong together');
    expect(wrong.setCookies).toEqual(unknown.setCookies);
  });

  it('refuses who is not active any more', async () => {
    await world.gateway.models.learners.updateOne({ _id: adaId }, { $set: { active: false } });

    expect((await tryPassword(PASSWORD)).status).toBe(401);
  });

  it('refuses a form of another site', async () => {
    const other = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    const answer = await createBrowser().post(`${world.home}/sign-in/password`, { email, password: PASSWORD }, other);

    expect([answer.status, answer.setCookies]).toEqual([403, []]);
  });

  it('is refused on the server where it is switched off, and back when it is on again', async () => {
    await world.gateway.allowPasswords(world.acme.id, false);
    const { body } = await createBrowser().get(`${world.home}/`);

    expect((await tryPassword(PASSWORD)).status).toBe(403);
    expect(body).not.toContain('Sign in with password');
    await world.gateway.allowPasswords(world.acme.id, true);
    expect((await tryPassword(PASSWORD)).status).toBe(303);
  });

  it('writes no password and no address into the log', async () => {
    await tryPassword('a very secret wrong password');
    await tryPassword(PASSWORD);

    expect(JSON.stringify(world.gateway.log)).not.toMatch(/secret wrong|correct horse|ada@acme/);
  });
});

describe('guessing', () => {
  it('is over after ten wrong passwords, for the right one too, until the time is over', async () => {
    expect(await guess(LIMITS.account + 1)).toEqual([...Array<number>(LIMITS.account).fill(401), 429]);

    const answer = await tryPassword(PASSWORD);
    expect([answer.status, answer.body]).toEqual([429, expect.stringContaining('Try again in 15 minutes')]);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(WINDOW_MINUTES * 60 - 60);
    world.gateway.wait(WINDOW_MINUTES * 60);
    expect((await tryPassword(PASSWORD)).status).toBe(303);
  });

  it('counts for an address of mail that nobody has in the same way', async () => {
    const statuses = await guess(LIMITS.account + 1, { email: 'nobody@acme.example' });

    expect(statuses).toEqual([...Array<number>(LIMITS.account).fill(401), 429]);
  });

  it('gets no more by trying all at once', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, (_none, n) => tryPassword(`wrong ${n}`)));

    expect(answers.filter(({ status }) => status === 401)).toHaveLength(LIMITS.account);
  });

  it('does not lock out the browser in which the account has signed in before', async () => {
    const own = createBrowser();
    await tryPassword(PASSWORD, { browser: own });
    await guess(LIMITS.account + 1);

    expect((await tryPassword(PASSWORD)).status).toBe(429);
    expect((await tryPassword(PASSWORD, { browser: own })).status).toBe(303);
  });

  it('is limited in that browser too', async () => {
    const own = createBrowser();
    await tryPassword(PASSWORD, { browser: own });

    expect((await guess(LIMITS.browser + 1, { browser: own })).at(-1)).toBe(429);
  });

  it('is limited for all accounts together from one address', async () => {
    const answers = await Promise.all(
      Array.from({ length: LIMITS.address + 5 }, (_none, n) => tryPassword('wrong', { email: `n${n}@acme.example` })),
    );

    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
  });

  it('believes nobody about the address that a request comes from', async () => {
    await forwarded(world);

    expect(await addressesOf(world)).toEqual(['address:127.0.0.1']);
  });

  it('believes a trusted proxy about it', async () => {
    const proxied = await aWorld({ trustedProxies: ['loopback'] });
    try {
      await forwarded(proxied);

      expect(await addressesOf(proxied)).toEqual(['address:192.0.2.9']);
    } finally {
      await proxied.stop();
    }
  });

  it('counts nothing for whoever knows the password', async () => {
    for (let n = 0; n <= LIMITS.account; n++) expect((await tryPassword(PASSWORD)).status).toBe(303);
  });
});
