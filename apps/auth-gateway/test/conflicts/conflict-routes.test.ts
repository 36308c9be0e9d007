import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import { storeLearner } from '../fixtures/a-learner.ts';
import type { Browser } from '@learnamp/testkit';
import { learnerCommandsOf } from '../fixtures/learner-commands.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const grace = { oid: 'b0000000-0000-4000-8000-00000000000b', name: 'Grace Hopper' };
const newcomer = 'c0000000-0000-4000-8000-000000000001';
let world: World;
let owner: Browser;
let learner: Browser;

beforeAll(async () => {
  world = await aWorld();
  const organisationId = world.acme.id;
  await world.gateway.roles.grant(organisationId, learnerIdOf(organisationId, 'microsoft', ada.oid), 'Owner');
  const { _id: learnerId, fields } = await storeLearner(world.gateway, {
    organisationId,
    personId: grace.oid,
    name: grace.name,
  });
  [owner, learner] = [createBrowser(), createBrowser()];
  await world.signIn(owner);
  await world.signIn(learner, grace);
  await world.gateway.models.conflicts.create({
    _id: `${organisationId}:${newcomer}`,
    ...{ organisationId, personId: newcomer, kind: 'rehire', state: 'waiting', since: new Date(), answer: null },
    candidates: [{ learnerId, by: ['employeeId'] }],
    said: {
      ...{ organisationId, source: 'microsoft', personId: newcomer, version: '0000000001-000000000009' },
      ...{ hash: 'a-hash-of-sixteen', runId: 'run-1', active: true, userPrincipalName: 'grace@acme.example' },
      ...{ userType: 'Member', fields },
    },
  });
}, 120_000);
afterAll(() => world.stop());

describe('GET /api/conflicts', () => {
  it('shows an Owner who has to be identified, and among whom', async () => {
    expect(JSON.parse((await owner.get(`${world.home}/api/conflicts`)).body)).toMatchObject({
      total: 1,
      conflicts: [{ personId: newcomer, kind: 'rehire', candidates: [{ name: 'Grace Hopper', by: ['employeeId'] }] }],
    });
  });

  it('shows nothing to a learner and to nobody', async () => {
    expect((await learner.get(`${world.home}/api/conflicts`)).status).toBe(403);
    expect((await createBrowser().get(`${world.home}/api/conflicts`)).status).toBe(401);
  });
});

describe('POST /api/conflicts/answers', () => {
  const answer = (browser: Browser, body: object) => browser.postJson(`${world.home}/api/conflicts/answers`, body);

  it('takes the answer of an Owner, and says that it is under way', async () => {
    const { status, body } = await answer(owner, { personId: newcomer, answer: 'create' });

    expect([status, JSON.parse(body)]).toEqual([202, { commandId: expect.any(String) }]);
  });

  it('refuses what is no answer, and whoever is no administrator', async () => {
    expect((await answer(owner, { personId: newcomer, answer: 'delete' })).status).toBe(400);
    expect((await answer(learner, { personId: newcomer, answer: 'create' })).status).toBe(403);
  });
});

describe('the home page of an Owner', () => {
  it('asks who they are, with an answer for each who could be', async () => {
    const { body } = await owner.get(`${world.home}/`);

    expect(body).toContain('Who are they?');
    expect(body).toMatch(/value="link:[^"]+" aria-label="[^"]+ is the learner Grace Hopper"/);
    expect((await learner.get(`${world.home}/`)).body).not.toContain('Who are they?');
  });

  it('gives the answer of its form to whoever writes learners', async () => {
    const { body } = await owner.get(`${world.home}/`);
    const chosen = /value="(link:[^"]+)"/.exec(body)?.[1] ?? '';

    const answer = await owner.post(`${world.home}/conflicts`, { personId: newcomer, answer: chosen });

    expect([answer.status, answer.location]).toEqual([303, `${world.home}/?notice=conflict-answered#conflicts`]);
    const given = (await learnerCommandsOf(world.gateway)).at(-1);
    const learnerId = chosen.slice('link:'.length);
    expect(given?.action).toEqual({ kind: 'resolve-conflict', personId: newcomer, answer: 'link', learnerId });
  });

  it.each(['delete', 'link:', 'link:a:b'])('refuses the answer %s, and asks nothing of anybody', async (answer) => {
    const before = (await learnerCommandsOf(world.gateway)).length;

    const { status } = await owner.post(`${world.home}/conflicts`, { personId: newcomer, answer });

    expect([status, (await learnerCommandsOf(world.gateway)).length]).toEqual([400, before]);
  });
});
