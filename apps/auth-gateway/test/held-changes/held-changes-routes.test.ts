import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Answer, Browser } from '@learnamp/testkit';
import { hold as storeHeld } from '../fixtures/hold.ts';
import { syncRequestsOf } from '../fixtures/sync-requests.ts';
import { anOwnerAndALearner } from '../fixtures/an-owner-and-a-learner.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const [first, second, later] = [1, 2, 3].map((n) => `c0000000-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];
let world: World;
let owner: Browser;
let learner: Browser;
let ownerId: string;

beforeAll(async () => {
  world = await aWorld();
  ({ owner, learner, ownerId } = await anOwnerAndALearner(world));
}, 120_000);

afterAll(() => world.stop());

beforeEach(async () => {
  const { heldSets, personRecords } = world.gateway.models;
  await Promise.all([heldSets.deleteMany({}), personRecords.deleteMany({})]);
});

const hold = (personId: string, name: string, heldSince: string, organisationId = world.acme.id) =>
  storeHeld(world.gateway, { organisationId, personId, name, heldSince });

const requests = () => syncRequestsOf(world.gateway);

const answer = (browser: Browser, body: object, headers = {}) =>
  browser.postJson(`${world.home}/api/held-changes/verdicts`, body, headers);
const codeOf = ({ status, body }: Answer) => [status, (JSON.parse(body) as { code: string }).code];

describe('what waits for approval', () => {
  it('is nothing while nothing is held', async () => {
    expect(JSON.parse((await owner.get(`${world.home}/api/held-changes`)).body)).toEqual({ held: null });
    expect((await owner.get(`${world.home}/`)).body).not.toContain('Waiting for your approval');
  });

  it('is shown to an Owner with names, causes and the reason, and nothing of another organisation', async () => {
    await hold(first, 'Flora', '2026-01-01T10:00:00Z');
    await hold(second, 'Gus', '2026-01-01T09:00:00Z');
    await hold(later, 'Stranger', '2026-01-01T08:00:00Z', world.globex.id);

    const { held } = JSON.parse((await owner.get(`${world.home}/api/held-changes`)).body) as {
      held: { total: number; changes: { name: string; direction: string; because: string }[] };
    };
    const page = (await owner.get(`${world.home}/`)).body;

    expect(held).toMatchObject({ total: 2, changes: [{ name: 'Gus', direction: 'removal' }, { name: 'Flora' }] });
    expect(page).toContain('2 people would be deactivated &lt;b&gt;');
    expect(page).toContain('checkMemberGroups said no');
    expect(page).toContain('Approve all 2');
    expect(page).not.toContain('Stranger');
  });

  it('is hidden from a learner and from nobody', async () => {
    await hold(first, 'Flora', '2026-01-01T10:00:00Z');

    expect(codeOf(await learner.get(`${world.home}/api/held-changes`))).toEqual([403, 'not-an-administrator']);
    expect((await learner.get(`${world.home}/`)).body).not.toContain('Flora');
    expect(codeOf(await createBrowser().get(`${world.home}/api/held-changes`))).toEqual([401, 'not-signed-in']);
  });
});

describe('an answer', () => {
  it.each(['approve', 'reject'] as const)('to %s names the people and who said so', async (verdict) => {
    const given = await answer(owner, { verdict, personIds: [first, second] });

    expect([given.status, JSON.parse(given.body)]).toMatchObject([202, { people: 2 }]);
    expect((await requests()).at(-1)).toMatchObject({
      mode: verdict,
      organisationId: world.acme.id,
      personIds: [first, second],
      requestedBy: ownerId,
    });
  });

  it('about all is about those who were held when the page was made, and nobody who came later', async () => {
    await hold(first, 'Flora', '2026-01-01T10:00:00Z');
    await hold(second, 'Gus', '2026-01-01T09:00:00Z');
    await hold(later, 'Late', '2026-01-01T12:00:00Z');

    const { status, location } = await owner.post(`${world.home}/held-changes`, {
      answer: 'approve-all',
      heldUntil: '2026-01-01T11:00:00.000Z',
    });

    expect([status, location]).toEqual([303, `${world.home}/?notice=verdict-given`]);
    expect((await requests()).at(-1)?.personIds?.toSorted()).toEqual([first, second]);
  });

  it('from the form may be about one person who is ticked', async () => {
    await owner.post(`${world.home}/held-changes`, {
      answer: 'reject-selected',
      heldUntil: '2026-01-01T11:00:00.000Z',
      personIds: first,
    });

    expect((await requests()).at(-1)).toMatchObject({ mode: 'reject', personIds: [first] });
  });

  it('is refused without people, to a learner, from another site and when it is none', async () => {
    const before = (await requests()).length;
    const verdict = { verdict: 'approve', personIds: [first] };

    expect(codeOf(await answer(owner, { verdict: 'approve' }))).toEqual([400, 'nobody-named']);
    expect(codeOf(await answer(owner, { ...verdict, verdict: 'maybe' }))).toEqual([400, 'bad-request']);
    expect(codeOf(await answer(owner, { ...verdict, personIds: ['x'] }))).toEqual([400, 'bad-request']);
    expect(codeOf(await answer(learner, verdict))).toEqual([403, 'not-an-administrator']);
    expect(codeOf(await answer(owner, verdict, { 'sec-fetch-site': 'cross-site' }))).toEqual([403, 'cross-site']);
    expect(await requests()).toHaveLength(before);
  });
});

describe('an explanation', () => {
  const explain = (browser: Browser, body: object, headers = {}) =>
    browser.postJson(`${world.home}/api/explanations`, body, headers);

  it('is given to an Owner, of what is stored, and asks nobody', async () => {
    const before = (await requests()).length;

    const { status, body } = await explain(owner, { person: 'ada@acme.example' });

    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ personId: ada.oid, active: true, canSignIn: true, readAt: null });
    expect(await requests()).toHaveLength(before);
  });

  it('asks the directory about somebody who is no learner, and says what is stored where it does not answer', async () => {
    const { status, body } = await explain(owner, { person: 'nobody@acme.example' });

    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ personId: null, active: false, readAt: null });
    expect((await requests()).at(-1)).toMatchObject({
      mode: 'inspect',
      lookUp: 'nobody@acme.example',
      organisationId: world.acme.id,
      requestedBy: ownerId,
    });
  }, 20_000);

  it('is refused to a learner, from another page, and without a person', async () => {
    const body = { person: 'ada@acme.example' };

    expect((await explain(learner, body)).status).toBe(403);
    expect((await explain(owner, body, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await explain(owner, {})).status).toBe(400);
  });
});
