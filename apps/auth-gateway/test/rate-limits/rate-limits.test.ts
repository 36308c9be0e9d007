import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import { type Answer, type Browser, exchange } from '@learnamp/testkit';
import type { ApiLimits } from '../../src/rate-limits/rate-limits.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const PER_CALLER = 5;
const PER_ADDRESS = 40;
const MINUTE = 60_000;

interface Caller {
  readonly world: World;
  readonly owner: Browser;
  readonly token: string;
}

/** An organisation whose Owner is signed in and has made a token, for which one request was counted. */
async function aCaller(limits: Partial<ApiLimits> = {}): Promise<Caller> {
  const apiLimits = { perCaller: PER_CALLER, perAddress: PER_ADDRESS, windowMs: MINUTE, ...limits };
  const world = await aWorld({ apiLimits });
  await world.gateway.roles.grant(world.acme.id, learnerIdOf(world.acme.id, 'microsoft', ada.oid), 'Owner');
  const owner = createBrowser();
  await world.signIn(owner);
  const made = await owner.postJson(`${world.home}/api/tokens`, { name: 'Reporting', scopes: ['settings:read'] });
  return { world, owner, token: (JSON.parse(made.body) as { token: string }).token };
}

const ask = ({ home }: World, headers: Readonly<Record<string, string>>, path = '/api/settings') =>
  exchange('GET', home + path, { host: new URL(home).host, ...headers });
const byToken = ({ world, token }: Caller) => ask(world, { authorization: `Bearer ${token}` });
async function times<Got>(count: number, act: () => Promise<Got>): Promise<Got[]> {
  const got: Got[] = [];
  while (got.length < count) got.push(await act());
  return got;
}
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status);

describe('the API', () => {
  let caller: Caller;
  beforeAll(async () => {
    caller = await aCaller();
  }, 120_000);
  afterAll(() => caller.world.stop());

  it('answers a token as often as it may ask, and tells what is left', async () => {
    const answers = await times(PER_CALLER, () => byToken(caller));

    expect(statuses(answers)).toEqual(Array(PER_CALLER).fill(200));
    expect(answers.map(({ headers }) => headers['ratelimit-remaining'])).toEqual(['4', '3', '2', '1', '0']);
    expect(answers[0]?.headers).toMatchObject({ 'ratelimit-limit': '5', 'ratelimit-reset': '60' });
  });

  it('refuses the next one with 429, and says when to ask again', async () => {
    const answer = await byToken(caller);

    expect(answer.status).toBe(429);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 429, code: 'too-many-requests' });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(50);
    expect(answer.headers['ratelimit-remaining']).toBe('0');
  });

  it('goes on answering others: a session, whoever has none, and every page', async () => {
    const { world, owner } = caller;

    expect((await owner.get(`${world.home}/api/settings`)).status).toBe(200);
    expect((await ask(world, {})).status).toBe(401);
    expect((await owner.get(`${world.home}/settings`)).status).toBe(200);
  });

  it('counts a session whatever token is sent along with it', async () => {
    const { world, owner } = caller;
    const answers = await times(PER_CALLER, () => owner.get(`${world.home}/api/sessions`));

    expect(statuses(answers).at(-1)).toBe(429);
    const more = await owner.get(`${world.home}/api/sessions`, { authorization: 'Bearer another' });
    expect(more.status).toBe(429);
  });

  it('refuses an address that makes up one token after the other', async () => {
    const answers = await times(PER_ADDRESS, () =>
      ask(caller.world, { authorization: `Bearer ${crypto.randomUUID()}` }),
    );

    expect([answers[0]?.status, answers.at(-1)?.status]).toEqual([401, 429]);
    // Pages aren't counted: nobody is shut out.
    expect((await caller.owner.get(`${caller.world.home}/settings`)).status).toBe(200);
  });
});

describe('a caller who was refused', () => {
  it('is answered again when the window is over', async () => {
    const caller = await aCaller({ perCaller: 1, windowMs: 1_000 });
    try {
      const refused = await times(3, () => byToken(caller));
      expect(statuses(refused)).toContain(429);
      let answer = await byToken(caller);
      const deadline = Date.now() + 30_000;
      while (answer.status === 429 && Date.now() < deadline) answer = await byToken(caller);
      expect(answer.status).toBe(200);
    } finally {
      await caller.world.stop();
    }
  }, 120_000);
});
