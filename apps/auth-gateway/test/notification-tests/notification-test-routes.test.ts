import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import type { Browser } from '@learnamp/testkit';
import { storeLearner } from '../fixtures/a-learner.ts';
import { learnerCommandsOf } from '../fixtures/learner-commands.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const grace = { oid: 'b0000000-0000-4000-8000-00000000000b', name: 'Grace Hopper' };
let world: World;
let graceId: string;
let owner: Browser;

beforeAll(async () => {
  world = await aWorld();
  const organisationId = world.acme.id;
  graceId = learnerIdOf(organisationId, 'microsoft', grace.oid);
  await storeLearner(world.gateway, { organisationId, personId: grace.oid, name: grace.name });
  await world.gateway.roles.grant(organisationId, graceId, 'Owner');
  owner = createBrowser();
  await world.signIn(owner, grace);
}, 120_000);

afterAll(() => world.stop());

const ask = (body: object, browser = owner, headers = {}, home = world.home) =>
  browser.postJson(`${home}/api/notification-tests`, body, headers);
const asked = async () =>
  (await learnerCommandsOf(world.gateway)).filter(({ action }) => action.kind === 'send-test-notice');

it.each(['failure', 'approval', 'expiry', 'summary'])(
  'asks for a test of the kind %s, to whoever asks',
  async (kind) => {
    const answer = await ask({ kind });

    expect(answer.status).toBe(202);
    expect((await asked()).at(-1)).toEqual({
      ...(JSON.parse(answer.body) as { commandId: string }),
      ...{ organisationId: world.acme.id, requestedBy: graceId },
      action: { kind: 'send-test-notice', notice: kind, learnerId: graceId },
    });
  },
);

it('refuses another kind, and to name somebody else', async () => {
  const before = await asked();

  expect((await ask({ kind: 'weather' })).status).toBe(400);
  expect((await ask({ kind: 'failure', learnerId: 'lrn_other' })).status).toBe(400);

  expect(await asked()).toEqual(before);
});

it('is for nobody but administrators, from their own page', async () => {
  const before = await asked();
  const learner = createBrowser();
  await world.signIn(learner, ada);

  expect((await ask({ kind: 'failure' }, learner)).status).toBe(403);
  expect((await ask({ kind: 'failure' }, createBrowser())).status).toBe(401);
  expect((await ask({ kind: 'failure' }, owner, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await ask({ kind: 'failure' }, createBrowser(), {}, world.otherHome)).status).toBe(401);

  expect(await asked()).toEqual(before);
});
