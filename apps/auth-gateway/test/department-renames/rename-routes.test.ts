import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { departmentTeamId, learnerIdOf, type RenameOfferDocument, renameOfferId } from '@learnamp/learners';
import type { Browser } from '@learnamp/testkit';
import { learnerCommandsOf } from '../fixtures/learner-commands.ts';
import { storeLearner } from '../fixtures/a-learner.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const grace = { oid: 'b0000000-0000-4000-8000-00000000000b', name: 'Grace Hopper' };
let world: World;
let owner: Browser;
let learner: Browser;
let pair: { readonly from: string; readonly to: string };

const offer = (organisationId: string, fromName: string, state: RenameOfferDocument['state']) => {
  const from = { departmentId: departmentTeamId(organisationId, fromName), name: fromName };
  const to = { departmentId: departmentTeamId(organisationId, 'Motors'), name: 'Motors' };
  return world.gateway.models.renameOffers.create({
    _id: renameOfferId(organisationId, from.departmentId, to.departmentId),
    ...{ organisationId, from, to, moved: 12, of: 14, state, answer: null },
    ...{ since: new Date('2026-01-01T10:00:00Z'), offeredAt: new Date('2026-01-02T10:00:00Z') },
  });
};

beforeAll(async () => {
  world = await aWorld();
  const organisationId = world.acme.id;
  await world.gateway.roles.grant(organisationId, learnerIdOf(organisationId, 'microsoft', ada.oid), 'Owner');
  await storeLearner(world.gateway, { organisationId, personId: grace.oid, name: grace.name });
  [owner, learner] = [createBrowser(), createBrowser()];
  await world.signIn(owner);
  await world.signIn(learner, grace);
  const { from, to } = await offer(organisationId, 'Engines & Co', 'open');
  pair = { from: from.departmentId, to: to.departmentId };
  await offer(organisationId, 'Looms', 'dismissed');
  await offer('globex', 'Mills', 'open');
}, 120_000);
afterAll(() => world.stop());

describe('GET /api/department-renames', () => {
  it('shows an Owner what is offered to their organisation, and nothing that was answered', async () => {
    expect(JSON.parse((await owner.get(`${world.home}/api/department-renames`)).body)).toEqual({
      total: 1,
      next: null,
      renames: [
        {
          from: { id: pair.from, name: 'Engines & Co' },
          to: { id: pair.to, name: 'Motors' },
          ...{ moved: 12, of: 14, offeredAt: '2026-01-02T10:00:00.000Z' },
        },
      ],
    });
  });

  it('shows nothing to a learner and to nobody', async () => {
    expect((await learner.get(`${world.home}/api/department-renames`)).status).toBe(403);
    expect((await createBrowser().get(`${world.home}/api/department-renames`)).status).toBe(401);
  });
});

describe('POST /api/department-renames/answers', () => {
  const answer = (browser: Browser, body: object) =>
    browser.postJson(`${world.home}/api/department-renames/answers`, body);

  it('hands the answer of an Owner to whoever writes teams, and says that it is under way', async () => {
    const { status, body } = await answer(owner, { ...pair, answer: 'accept' });

    expect([status, JSON.parse(body)]).toEqual([202, { commandId: expect.any(String) }]);
    const given = (await learnerCommandsOf(world.gateway)).at(-1);
    expect(given).toMatchObject({
      organisationId: world.acme.id,
      requestedBy: learnerIdOf(world.acme.id, 'microsoft', ada.oid),
      action: { kind: 'answer-rename', ...pair, answer: 'accept' },
    });
  });

  it('refuses what is no answer, and whoever is no administrator, and asks nothing of anybody', async () => {
    const before = (await learnerCommandsOf(world.gateway)).length;

    expect((await answer(owner, { ...pair, answer: 'rename' })).status).toBe(400);
    expect((await answer(owner, { from: pair.from, answer: 'accept' })).status).toBe(400);
    expect((await answer(learner, { ...pair, answer: 'accept' })).status).toBe(403);
    expect((await answer(createBrowser(), { ...pair, answer: 'accept' })).status).toBe(401);

    expect((await learnerCommandsOf(world.gateway)).length).toBe(before);
  });
});

describe('the home page of an Owner', () => {
  it('asks whether departments were renamed, and a learner’s does not', async () => {
    const { body } = await owner.get(`${world.home}/`);

    expect(body).toContain('aria-label="Rename Engines &amp; Co to Motors"');
    expect(body).toContain('12 of 14');
    expect((await learner.get(`${world.home}/`)).body).not.toContain('Renamed departments');
  });

  it('gives the answer of its form to whoever writes teams', async () => {
    const answer = await owner.post(`${world.home}/department-renames`, { ...pair, answer: 'dismiss' });

    expect([answer.status, answer.location]).toEqual([303, `${world.home}/?notice=rename-answered#department-renames`]);
    const given = (await learnerCommandsOf(world.gateway)).at(-1);
    expect(given?.action).toEqual({ kind: 'answer-rename', ...pair, answer: 'dismiss' });
  });
});
