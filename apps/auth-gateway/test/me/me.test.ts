import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import type { Browser } from '@learnamp/testkit';
import { anOwnerAndALearner, grace } from '../fixtures/an-owner-and-a-learner.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

let world: World;
let owner: Browser;
let learner: Browser;

beforeAll(async () => {
  world = await aWorld();
  ({ owner, learner } = await anOwnerAndALearner(world));
}, 120_000);
afterAll(() => world.stop());

const me = (browser: Browser, home = world.home) => browser.get(`${home}/api/me`);
const said = async (browser: Browser) => JSON.parse((await me(browser)).body) as Record<string, unknown>;

describe('GET /api/me', () => {
  it('tells an Owner and a learner who they are, where, and as what', async () => {
    const id = (oid: string) => learnerIdOf(world.acme.id, 'microsoft', oid);
    const organisation = { name: 'Acme', subdomain: 'acme' };
    const email = 'ada@acme.example';

    expect(await said(owner)).toEqual({
      organisation,
      learner: { id: id(ada.oid), name: ada.name, email, hasPhoto: false },
      role: 'Owner',
    });
    expect(await said(learner)).toMatchObject({ organisation, learner: { id: id(grace.oid) }, role: 'Learner' });
  });

  it('knows of the photo that is shown of them', async () => {
    await world.gateway.models.photos.create({
      _id: learnerIdOf(world.acme.id, 'microsoft', ada.oid),
      ...{ organisationId: world.acme.id, personId: ada.oid, version: '0000000001-000000000007', runId: 'run' },
      ...{ etag: 'etag', mediaType: 'image/png', bytes: Buffer.from('a photo') },
    });

    expect(await said(owner)).toMatchObject({ learner: { hasPhoto: true } });
    expect(await said(learner)).toMatchObject({ learner: { hasPhoto: false } });
  });

  it('tells nobody anything who is not signed in here', async () => {
    expect((await me(createBrowser())).status).toBe(401);
    expect((await me(owner, world.otherHome)).status).toBe(401);
  });
});
