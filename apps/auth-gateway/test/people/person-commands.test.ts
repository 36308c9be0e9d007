import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import type { Answer, Browser } from '@learnamp/testkit';
import { aRun, storeLearner } from '../fixtures/a-learner.ts';
import { anOwnerAndALearner, grace } from '../fixtures/an-owner-and-a-learner.ts';
import { learnerCommandsOf } from '../fixtures/learner-commands.ts';
import { decideCommands } from '../fixtures/outcomes.ts';
import { syncRequestsOf } from '../fixtures/sync-requests.ts';
import { aWorld, createBrowser, type World } from '../fixtures/world.ts';

let world: World;
let owner: Browser;
let learner: Browser;
let ownerId: string;
let graceId: string;
let theirId: string;

beforeAll(async () => {
  world = await aWorld();
  ({ owner, learner, ownerId } = await anOwnerAndALearner(world));
  graceId = learnerIdOf(world.acme.id, 'microsoft', grace.oid);
  const theirs = { organisationId: world.globex.id, personId: grace.oid, name: 'Grace of Globex' };
  ({ _id: theirId } = await storeLearner(world.gateway, theirs));
}, 120_000);
afterAll(() => world.stop());

const command = (learnerId: string, name: string, browser = owner, headers = {}) =>
  browser.postJson(`${world.home}/api/people/${learnerId}/${name}`, {}, headers);
const codeOf = ({ status, body }: Answer) => [status, (JSON.parse(body) as { code?: string }).code];

/** An answer to what is asked, with `act` done again and again until it comes. */
async function answered(asking: Promise<Answer>, act: () => Promise<unknown>): Promise<Answer> {
  let answer: Answer | undefined;
  const noting = asking.then((given) => (answer = given));
  while (!answer) {
    await act();
    await setImmediate();
  }
  return noting;
}

describe.each(['unlink', 'reactivate'] as const)('POST /api/people/:learnerId/%s', (kind) => {
  it('asks whoever writes learners, in the name of the Owner, and says what it came to', async () => {
    const answer = await answered(command(graceId, kind), () => decideCommands(world.gateway));

    const last = (await learnerCommandsOf(world.gateway)).at(-1);
    const about = { organisationId: world.acme.id, requestedBy: ownerId, action: { kind, learnerId: graceId } };
    expect(last).toMatchObject(about);
    const outcome = { outcome: 'applied', reason: null, count: 1 };
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { commandId: last?.commandId, outcome }]);
  });

  it('passes a refusal on, with its reason', async () => {
    const refused = () => decideCommands(world.gateway, () => 'The learner is active.');

    const { status, body } = await answered(command(graceId, kind), refused);

    expect([status, JSON.parse(body)]).toMatchObject([
      200,
      { outcome: { outcome: 'refused', reason: 'The learner is active.' } },
    ]);
  });

  it('answers 202 while nobody has carried it out', async () => {
    const { status, body } = await command(graceId, kind);

    expect([status, Object.keys(JSON.parse(body) as object)]).toEqual([202, ['commandId']]);
  });

  it('asks nothing for a learner, for nobody, for another site, and of another organisation', async () => {
    const before = (await learnerCommandsOf(world.gateway)).length;

    expect(codeOf(await command(graceId, kind, learner))).toEqual([403, 'not-an-administrator']);
    expect(codeOf(await command(graceId, kind, createBrowser()))).toEqual([401, 'not-signed-in']);
    expect(codeOf(await command(graceId, kind, owner, { 'sec-fetch-site': 'cross-site' }))).toEqual([
      403,
      'cross-site',
    ]);
    expect(codeOf(await command(theirId, kind))).toEqual([404, 'not-found']);

    expect(await learnerCommandsOf(world.gateway)).toHaveLength(before);
  });
});

describe('POST /api/people/:learnerId/sync', () => {
  it('asks for a run of that person, and names the run that takes it up', async () => {
    const { runs } = world.gateway.models;
    const answer = await answered(command(graceId, 'sync'), async () => {
      const requestId = (await syncRequestsOf(world.gateway)).at(-1)?.requestId;
      if (requestId === undefined || (await runs.exists({ _id: 'run-1' }))) return;
      await runs.create(aRun({ _id: 'run-1', organisationId: world.acme.id, mode: 'person', requestIds: [requestId] }));
    });

    const request = (await syncRequestsOf(world.gateway)).at(-1);
    const about = { organisationId: world.acme.id, mode: 'person', personId: grace.oid, requestedBy: ownerId };
    expect(request).toEqual({ ...about, requestId: expect.any(String) });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([202, { requestId: request?.requestId, runId: 'run-1' }]);
  });

  it('says in words that somebody is not in the directory, and asks nothing', async () => {
    const before = (await syncRequestsOf(world.gateway)).length;
    const { learners } = world.gateway.models;
    const marie = await storeLearner(world.gateway, {
      organisationId: world.acme.id,
      personId: 'x',
      name: 'Marie Curie',
    });
    await learners.collection.updateOne({ _id: marie._id as never }, { $set: { 'sources.microsoft': null } });

    const answer = await command(marie._id, 'sync');

    expect(codeOf(answer)).toEqual([409, 'not-in-directory']);
    expect(answer.body).toContain('Marie Curie is linked to nobody');
    expect(await syncRequestsOf(world.gateway)).toHaveLength(before);
  });

  it('asks nothing for a learner, for another site, and of another organisation', async () => {
    const before = (await syncRequestsOf(world.gateway)).length;

    expect(codeOf(await command(graceId, 'sync', learner))).toEqual([403, 'not-an-administrator']);
    expect(codeOf(await command(graceId, 'sync', owner, { 'sec-fetch-site': 'cross-site' }))).toEqual([
      403,
      'cross-site',
    ]);
    expect(codeOf(await command(theirId, 'sync'))).toEqual([404, 'not-found']);

    expect(await syncRequestsOf(world.gateway)).toHaveLength(before);
  });
});
