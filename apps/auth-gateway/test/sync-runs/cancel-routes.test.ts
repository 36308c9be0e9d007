import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { verifyAudit } from '@learnamp/organisations';
import type { Answer, Browser } from '@learnamp/testkit';
import { setImmediate } from 'node:timers/promises';
import { aRun } from '../fixtures/a-learner.ts';
import { syncRequestsOf } from '../fixtures/sync-requests.ts';
import { anOwnerAndALearner } from '../fixtures/an-owner-and-a-learner.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

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
  await world.gateway.models.runs.deleteMany({});
  await world.gateway.models.workRecords.deleteMany({});
});

const cancel = (id: string, browser = owner, headers = {}) =>
  browser.postJson(`${world.home}/api/sync-runs/${id}/cancel`, {}, headers);
const store = (run: Parameters<typeof aRun>[0]) => world.gateway.models.runs.create(aRun(run));
const requests = () => syncRequestsOf(world.gateway);
const audit = () => world.gateway.models.auditEntries.find({ action: 'cancel requested' }).sort({ sequence: 1 }).lean();
const bodyOf = ({ body }: Answer) =>
  JSON.parse(body) as { code?: string; detail?: string; requestId: string; run: unknown };

/** Ends a run as directory-sync and profile-writer do, once the next request has been published. */
async function endAs(stage: 'cancelled' | 'finished', runId: string): Promise<void> {
  const before = (await requests()).length;
  const deadline = performance.now() + 5_000;
  while ((await requests()).length === before) {
    if (performance.now() > deadline) throw new Error('no request within 5 s');
    await setImmediate();
  }
  const { requestId, requestedBy } = (await requests()).at(-1) ?? {};
  const by = stage === 'cancelled' ? { cancelledBy: requestedBy } : {};
  const end = { $set: { stage, finishedAt: new Date(), ...by }, $push: { requestIds: requestId } };
  await world.gateway.models.runs.updateOne({ _id: runId }, end);
}

describe('POST /api/sync-runs/:id/cancel', () => {
  it('asks directory-sync to end the run, in the name of the Owner, and writes it into the audit log', async () => {
    await store({ _id: 'run-1', organisationId: world.acme.id });

    const answer = await cancel('run-1');

    expect([answer.status, bodyOf(answer)]).toMatchObject([202, { run: { id: 'run-1', state: 'running' } }]);
    const organisationId = world.acme.id;
    expect((await requests()).at(-1)).toEqual({
      ...{ requestId: bodyOf(answer).requestId, organisationId, mode: 'cancel', cancels: 'run-1' },
      requestedBy: ownerId,
    });
    expect((await audit()).at(-1)).toMatchObject({
      actor: { kind: 'learner', id: ownerId },
      changes: [{ path: 'run run-1', old: null, new: 'cancel' }],
    });
    expect(await verifyAudit(world.gateway.connection, organisationId)).toMatchObject({ problem: null });
  });

  it('answers with the run as it is where it ends soon, by whom it was cancelled', async () => {
    await store({ _id: 'run-2', organisationId: world.acme.id });

    const [answer] = await Promise.all([cancel('run-2'), endAs('cancelled', 'run-2')]);

    expect(answer.status).toBe(200);
    expect(bodyOf(answer).run).toMatchObject({
      ...{ state: 'cancelled', cancelledBy: ada.name, step: 'Cancelled' },
      summary: 'Full sync was cancelled: 40 created, 3 updated, 1 deactivated.',
    });
  });

  it('says so where the run came to its end before the cancel did', async () => {
    await store({ _id: 'run-3', organisationId: world.acme.id });

    const [answer] = await Promise.all([cancel('run-3'), endAs('finished', 'run-3')]);

    expect([answer.status, bodyOf(answer).run]).toMatchObject([200, { state: 'finished', cancelledBy: null }]);
  });

  it('finds the run by a request that it answers', async () => {
    await store({ _id: 'run-4', organisationId: world.acme.id, requestIds: ['asked', 'joined'] });

    expect((await cancel('joined')).status).toBe(202);

    expect((await requests()).at(-1)).toMatchObject({ cancels: 'run-4' });
  });

  it('takes back a request that waits', async () => {
    const waiting = { requestId: 'waits', mode: 'preview', personId: null, requestedBy: ownerId } as const;
    await world.gateway.models.workRecords.create({ _id: world.acme.id, requests: [waiting] });
    expect((await owner.get(`${world.home}/`)).body).toContain('Preview, asked for by Ada Lovelace, waits to begin.');

    const answer = await cancel('waits');

    expect([answer.status, bodyOf(answer).run]).toEqual([202, null]);
    expect((await requests()).at(-1)).toMatchObject({ mode: 'cancel', cancels: 'waits' });
  });

  it.each([
    ['finished', 'Full sync finished'],
    ['interrupted', 'was interrupted'],
    ['cancelled', 'was cancelled'],
  ] as const)('refuses with 409 what is %s, and asks for nothing', async (stage, words) => {
    await store({ _id: 'over', organisationId: world.acme.id, stage, finishedAt: new Date() });
    const before = [(await requests()).length, (await audit()).length];

    const answer = await cancel('over');

    expect([answer.status, bodyOf(answer)]).toMatchObject([
      409,
      { code: 'run-over', detail: expect.stringContaining(words) },
    ]);
    expect([(await requests()).length, (await audit()).length]).toEqual(before);
  });

  it("knows neither another organisation's run nor its request", async () => {
    await store({ _id: 'theirs', organisationId: world.globex.id });
    const waiting = { requestId: 'their request', mode: 'full', personId: null, requestedBy: 'x' } as const;
    await world.gateway.models.workRecords.create({ _id: world.globex.id, requests: [waiting] });
    const before = (await requests()).length;

    const answers = [
      await cancel('theirs'),
      await cancel(encodeURIComponent('their request')),
      await cancel('nobodys'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(await requests()).toHaveLength(before);
  });

  it('is refused to a learner, to nobody, and from another site', async () => {
    await store({ _id: 'run-5', organisationId: world.acme.id });
    const before = (await requests()).length;

    const answers = [
      await cancel('run-5', learner),
      await cancel('run-5', createBrowser()),
      await cancel('run-5', owner, { 'sec-fetch-site': 'cross-site' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 401, 403]);
    expect(await requests()).toHaveLength(before);
  });
});

describe('POST /sync-runs/:id/cancel', () => {
  it('is the same by a form, and says where it is too late', async () => {
    await store({ _id: 'run-6', organisationId: world.acme.id });

    const asked = await owner.post(`${world.home}/sync-runs/run-6/cancel`);
    await world.gateway.models.runs.updateOne({ _id: 'run-6' }, { stage: 'finished', finishedAt: new Date() });
    const late = await owner.post(`${world.home}/sync-runs/run-6/cancel`);

    expect([asked.status, asked.location]).toEqual([303, `${world.home}/?notice=cancel-requested`]);
    expect([late.status, late.location]).toEqual([303, `${world.home}/?notice=run-over`]);
  });
});
