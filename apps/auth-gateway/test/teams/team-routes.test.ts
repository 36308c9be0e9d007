import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { membershipId, type MembershipDocument, type TeamDocument } from '@learnamp/learners';
import type { Answer, Browser } from '@learnamp/testkit';
import { storeLearner } from '../fixtures/a-learner.ts';
import { anOwnerAndALearner, grace } from '../fixtures/an-owner-and-a-learner.ts';
import { learnerCommandsOf } from '../fixtures/learner-commands.ts';
import { whileDeciding } from '../fixtures/outcomes.ts';
import { aWorld, createBrowser, type World } from '../fixtures/world.ts';

let world: World;
let owner: Browser;
let learner: Browser;
let ids: Readonly<Record<'ada' | 'grace' | 'left', string>>;

beforeAll(async () => {
  world = await aWorld();
  const { acme, gateway } = world;
  const signedIn = await anOwnerAndALearner(world);
  ({ owner, learner } = signedIn);
  const gone = { organisationId: acme.id, personId: 'c0000000-0000-4000-8000-00000000000c', name: 'Bob Left' };
  const { _id: left } = await storeLearner(gateway, { ...gone, active: false });
  const found = await gateway.models.learners.findOne({ 'fields.displayName': grace.name }).lean().orFail();
  ids = { ada: signedIn.ownerId, grace: found._id, left };
}, 120_000);
afterAll(() => world.stop());

beforeEach(async () => {
  const { teams, memberships } = world.gateway.models;
  await Promise.all([teams.deleteMany({}), memberships.deleteMany({})]);
  await teams.create([
    team('tm_engines', { name: 'engines', parentId: 'tm_all' }),
    team('tm_all', { name: 'All staff', origin: 'manual' }),
    team('tm_old', { name: 'Old engines', mergedInto: 'tm_engines' }),
    team('tm_theirs', { name: 'Theirs', organisationId: world.globex.id }),
  ]);
  await memberships.create([
    membership(ids.ada, 'tm_engines', 'department'),
    membership(ids.ada, 'tm_engines', 'manual'),
    membership(ids.grace, 'tm_engines', 'department'),
    membership(ids.left, 'tm_engines', 'department'),
    membership(ids.grace, 'tm_all', 'manual'),
    { ...membership('lrn_theirs', 'tm_theirs', 'manual'), organisationId: world.globex.id },
  ]);
});

const team = (_id: string, more: Partial<TeamDocument>): TeamDocument => ({
  ...{ _id, organisationId: world.acme.id, name: _id, origin: 'department', parentId: null },
  ...more,
});
const membership = (learnerId: string, teamId: string, origin: MembershipDocument['origin']): MembershipDocument => ({
  ...{ _id: membershipId({ learnerId, teamId, origin }), organisationId: world.acme.id, learnerId, teamId, origin },
});
const at = (path: string) => `${world.home}/api/teams${path}`;
const read = async (path: string) => JSON.parse((await owner.get(at(path))).body) as Record<string, unknown>;
const bodyOf = ({ body }: Answer) => JSON.parse(body) as { outcome?: unknown; code?: string };
const commands = () => learnerCommandsOf(world.gateway);

const parent = (teamId: string, parentId: unknown, browser = owner, headers = {}) =>
  browser.send('PUT', at(`/${teamId}/parent`), { parentId }, headers);
const add = (teamId: string, body: object, browser = owner, headers = {}) =>
  browser.postJson(at(`/${teamId}/members`), body, headers);
const remove = (teamId: string, learnerId: string, browser = owner, headers = {}) =>
  browser.send('DELETE', at(`/${teamId}/members/${learnerId}`), {}, headers);

describe('GET /api/teams', () => {
  it('has all teams by name but merged ones, each with its active learners counted once', async () => {
    expect(await read('')).toEqual({
      teams: [
        { id: 'tm_all', name: 'All staff', origin: 'manual', parentId: null, members: 1 },
        { id: 'tm_engines', name: 'engines', origin: 'department', parentId: 'tm_all', members: 2 },
      ],
    });
  });

  it('is for administrators, and for programs that may read people', async () => {
    expect((await learner.get(at(''))).status).toBe(403);
    expect((await createBrowser().get(at(''))).status).toBe(401);
  });
});

describe('GET /api/teams/:teamId/members', () => {
  it('has active learners by name, as members by hand where they are that too', async () => {
    expect(await read('/tm_engines/members')).toEqual({
      items: [
        { learnerId: ids.ada, name: 'Ada Lovelace', origin: 'manual' },
        { learnerId: ids.grace, name: 'Grace Hopper', origin: 'department' },
      ],
      next: null,
    });
  });

  it('comes page by page', async () => {
    const first = await read('/tm_engines/members?limit=1');
    const second = await read(`/tm_engines/members?limit=1&cursor=${String(first['next'])}`);

    const namesOf = ({ items }: Record<string, unknown>) => (items as { name: string }[]).map(({ name }) => name);
    expect([namesOf(first), namesOf(second), second['next']]).toEqual([['Ada Lovelace'], ['Grace Hopper'], null]);
    expect((await owner.get(at('/tm_engines/members?cursor=none'))).status).toBe(400);
  });

  it.each(['tm_theirs', 'tm_old', 'tm_nobodys'])('knows no team %s', async (teamId) => {
    expect((await owner.get(at(`/${teamId}/members`))).status).toBe(404);
  });
});

describe('changing teams', () => {
  it.each([
    [
      'puts a team under another one',
      () => parent('tm_all', 'tm_engines'),
      { kind: 'set-team-parent', teamId: 'tm_all', parentId: 'tm_engines' },
    ],
    [
      'puts a team at the top',
      () => parent('tm_engines', null),
      { kind: 'set-team-parent', teamId: 'tm_engines', parentId: null },
    ],
  ])('%s, and says what came of it', async (_what, ask, action) => {
    const answer = await whileDeciding(world.gateway, ask());

    expect([answer.status, bodyOf(answer)]).toMatchObject([200, { outcome: { outcome: 'applied', reason: null } }]);
    expect((await commands()).at(-1)).toMatchObject({ organisationId: world.acme.id, requestedBy: ids.ada, action });
  });

  it('tells in words why it is refused', async () => {
    const reason = 'A team can’t be under itself.';

    const answer = await whileDeciding(world.gateway, parent('tm_all', 'tm_all'), () => reason);

    expect([answer.status, bodyOf(answer)]).toMatchObject([200, { outcome: { outcome: 'refused', reason } }]);
  });

  it('makes a learner a member by hand, and ends that again', async () => {
    await whileDeciding(world.gateway, add('tm_all', { learnerId: ids.ada }));
    await whileDeciding(world.gateway, remove('tm_all', ids.ada));

    const byHand = { learnerId: ids.ada, teamId: 'tm_all' };
    expect((await commands()).slice(-2).map(({ action }) => action)).toEqual([
      { kind: 'add-membership', ...byHand },
      { kind: 'remove-membership', ...byHand },
    ]);
  });

  it('is accepted before it is decided', async () => {
    const answer = await add('tm_all', { learnerId: ids.ada });

    expect([answer.status, bodyOf(answer)]).toEqual([202, { commandId: expect.any(String) }]);
  });

  it("asks nothing about teams that are another organisation's, merged or nobody's", async () => {
    const before = (await commands()).length;

    const answers = await Promise.all([
      parent('tm_theirs', null),
      add('tm_theirs', { learnerId: ids.ada }),
      remove('tm_theirs', 'lrn_theirs'),
      parent('tm_old', null),
      add('tm_nobodys', { learnerId: ids.ada }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(await commands()).toHaveLength(before);
  });

  it('refuses what is misspelt, other sites, learners and nobody', async () => {
    const before = (await commands()).length;
    const crossSite = { 'sec-fetch-site': 'cross-site' };

    const answers = await Promise.all([
      owner.send('PUT', at('/tm_all/parent'), {}),
      owner.send('PUT', at('/tm_all/parent'), { parentId: null, parent: 'tm_engines' }),
      add('tm_all', { learner: ids.ada }),
      parent('tm_all', null, owner, crossSite),
      add('tm_all', { learnerId: ids.ada }, learner),
      remove('tm_all', ids.grace, createBrowser()),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 403, 403, 401]);
    expect(await commands()).toHaveLength(before);
  });
});
