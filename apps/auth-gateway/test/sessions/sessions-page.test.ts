import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { browserName } from '../../src/sessions/browser-name.ts';
import { storeLearner } from '../fixtures/a-learner.ts';
import type { Browser } from '@learnamp/testkit';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const grace = { oid: 'b0000000-0000-4000-8000-00000000000b', name: 'Grace Hopper' };
let world: World;
let here: Browser;
let there: Browser;
let other: Browser;

beforeAll(async () => {
  world = await aWorld();
  await storeLearner(world.gateway, { organisationId: world.acme.id, personId: grace.oid, name: grace.name });
}, 120_000);

afterAll(() => world.stop());

beforeEach(async () => {
  await world.gateway.models.sessions.deleteMany({});
  [here, there, other] = [createBrowser(), createBrowser(), createBrowser()];
  await world.signIn(there, ada);
  await world.signIn(other, grace);
  await world.signIn(here, ada);
});

const isIn = async (browser: Browser) => (await browser.get(`${world.home}/me/photo`)).status !== 401;

interface View {
  readonly sessionId: string;
  readonly isThisOne: boolean;
}

const list = async (browser = here) => {
  const { body } = await browser.get(`${world.home}/api/sessions`);
  return (JSON.parse(body) as { sessions: View[] }).sessions;
};

describe('where a learner is signed in', () => {
  it('is listed for that learner alone, the newest first, with the one that asks marked', async () => {
    expect((await list()).map(({ isThisOne }) => isThisOne)).toEqual([true, false]);
    expect(await list(other)).toHaveLength(1);
    const page = await here.get(`${world.home}/sessions`);
    expect([page.status, page.body]).toEqual([200, expect.stringContaining('Sign out everywhere')]);
  });

  it('leaves sessions out that have ended', async () => {
    await there.post(`${world.home}/sign-out`);

    expect(await list()).toHaveLength(1);
  });

  it('can be ended one by one', async () => {
    const [, elsewhere] = await list();

    const answer = await here.post(`${world.home}/sessions/end`, { sessionId: elsewhere?.sessionId ?? '' });

    expect([answer.status, answer.location]).toEqual([303, `${world.home}/sessions?ended=1`]);
    expect(await Promise.all([here, there, other].map(isIn))).toEqual([true, false, true]);
  });

  it('can be ended everywhere, and the others stay', async () => {
    const answer = await here.postJson(`${world.home}/api/sessions/end-all`, {});

    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { ended: 2 }]);
    expect(await Promise.all([here, there, other].map(isIn))).toEqual([false, false, true]);
  });

  it("can't be ended by somebody else, nor from another site", async () => {
    const [own] = await list();
    const form = { sessionId: own?.sessionId ?? '' };

    expect((await other.post(`${world.home}/sessions/end`, form)).status).toBe(404);
    const crossSite = { 'sec-fetch-site': 'cross-site' };
    expect((await here.post(`${world.home}/sessions/end-all`, {}, crossSite)).status).toBe(403);
    expect((await createBrowser().get(`${world.home}/sessions`)).status).toBe(401);
    expect(await isIn(here)).toBe(true);
  });
});

describe('browserName', () => {
  const webKit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

  it.each([
    ['Firefox on Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'],
    ['Chrome on macOS', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webKit} Chrome/140.0 Safari/537.36`],
    ['Edge on Windows', `Mozilla/5.0 (Windows NT 10.0) ${webKit} Chrome/140.0 Safari/537.36 Edg/140.0`],
    ['Chrome on Android', `Mozilla/5.0 (Linux; Android 15) ${webKit} Chrome/140.0 Mobile Safari/537.36`],
    [
      'Safari on iPhone',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1',
    ],
    ['A browser', 'curl/8.0'],
  ])('says %s', (name, userAgent) => {
    expect(browserName(userAgent)).toBe(name);
  });

  it('is for whoever says nothing too', () => {
    expect(browserName(undefined)).toBe('A browser');
  });
});
