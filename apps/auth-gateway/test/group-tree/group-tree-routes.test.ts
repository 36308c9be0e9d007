import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { organisationModel } from '@learnamp/organisations';
import type { Browser } from '@learnamp/testkit';
import { anOwnerAndALearner } from '../fixtures/an-owner-and-a-learner.ts';
import { aWorld, createBrowser, type World } from '../fixtures/world.ts';

let world: World;
let owner: Browser;
let learner: Browser;
let rootId: string;

beforeAll(async () => {
  world = await aWorld();
  ({ owner, learner } = await anOwnerAndALearner(world));
  rootId = world.acme.microsoft?.groupId ?? '';
}, 120_000);
afterAll(() => world.stop());
beforeEach(() => world.gateway.models.groupNodes.deleteMany({}));

const get = (browser = owner) => browser.get(`${world.home}/api/group-tree`);
const read = async () => JSON.parse((await get()).body) as unknown;
const node = (groupId: string, displayName: string | null, userIds: string[], groupIds: string[]) => ({
  ...{ _id: `${world.acme.id}:${groupId}`, organisationId: world.acme.id },
  ...{ groupId, displayName, userIds, groupIds },
});

describe('GET /api/group-tree', () => {
  it('has the group with what is nested in it, everybody counted once, circles and all', async () => {
    await world.gateway.models.groupNodes.create([
      node(rootId, 'Everybody', ['a', 'b'], ['engines']),
      node('engines', 'Engines', ['b', 'c'], ['night', rootId]),
      node('night', null, ['c'], ['engines']),
      node('former', 'Not below it', ['d'], []),
      { ...node('elsewhere', 'Theirs', ['e'], []), organisationId: world.globex.id },
    ]);

    expect(await read()).toEqual({
      group: {
        ...{ id: rootId, displayName: 'Everybody', people: 3, nested: 2 },
        tree: [
          { id: rootId, displayName: 'Everybody', depth: 0, people: 2, groups: 1 },
          { id: 'engines', displayName: 'Engines', depth: 1, people: 2, groups: 2 },
          { id: 'night', displayName: null, depth: 2, people: 1, groups: 1 },
        ],
      },
    });
  });

  it("is none before it was read, and of another organisation's nodes", async () => {
    await world.gateway.models.groupNodes.create({
      ...node(rootId, 'Theirs', ['e'], []),
      ...{ _id: `${world.globex.id}:${rootId}`, organisationId: world.globex.id },
    });

    expect(await read()).toEqual({ group: null });
  });

  it('is none while no group is chosen', async () => {
    const organisations = organisationModel(world.gateway.connection);
    await world.gateway.models.groupNodes.create(node(rootId, 'Everybody', ['a'], []));
    await organisations.updateOne({ _id: world.acme.id }, { 'microsoft.groupId': null });

    expect(await read()).toEqual({ group: null });

    await organisations.updateOne({ _id: world.acme.id }, { 'microsoft.groupId': rootId });
    expect(await read()).toMatchObject({ group: { people: 1, nested: 0 } });
  });

  it('is for administrators', async () => {
    expect([(await get(learner)).status, (await get(createBrowser())).status]).toEqual([403, 401]);
  });
});
