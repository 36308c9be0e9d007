import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import { storeLearner } from '../fixtures/a-learner.ts';
import { type Browser } from '../fixtures/browser.ts';
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
