import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeEvent, type SyncRequest, syncRequest, topics } from '@learnamp/contracts';
import { learnerIdOf } from '@learnamp/learners';
import { aRun } from '../fixtures/a-learner.ts';
import { type Answer, type Browser, recordSpans } from '@learnamp/testkit';
import { anOwnerAndALearner, grace } from '../fixtures/an-owner-and-a-learner.ts';
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
});

const askFor = (browser: Browser, mode: string, headers = {}) =>
  browser.postJson(`${world.home}/api/sync-runs`, { mode }, headers);

const problemOf = ({ status, headers, body }: Answer) => {
  expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  const { code } = JSON.parse(body) as { code: string };
  return [status, code];
};

async function requests() {
  const found: { request: SyncRequest; key: string | undefined }[] = [];
  for await (const record of world.gateway.bus.read({ topic: topics.syncRequests.name })) {
    const decoded = decodeEvent([syncRequest], record);
    if (decoded.ok) found.push({ request: decoded.event.data, key: record.key?.toString() });
  }
  return found;
}

/** The trace that the last request was asked in. */
async function lastContext(): Promise<string> {
  let last = '';
  for await (const { headers } of world.gateway.bus.read({ topic: topics.syncRequests.name }))
    last = String(headers['traceparent']);
  return last;
}

async function moreRequestsThan(count: number) {
  const deadline = performance.now() + 5_000;
  for (;;) {
    const found = await requests();
    if (found.length > count) return found;
    if (performance.now() > deadline) throw new Error('no further request within 5 s');
    // Reading the embedded bus needs no I/O, so only this lets the request itself go on.
    await setImmediate();
  }
}

describe('POST /api/sync-runs', () => {
  it.each(['full', 'delta', 'preview'])('asks for a %s run in the name of the Owner', async (mode) => {
    const answer = await askFor(owner, mode);

    const { requestId } = JSON.parse(answer.body) as { requestId: string };
    expect([answer.status, JSON.parse(answer.body)]).toEqual([202, { requestId }]);
    const organisationId = world.acme.id;
    const request = { requestId, organisationId, mode, requestedBy: ownerId };
    expect((await requests()).at(-1)).toEqual({ request, key: organisationId });
  });

  it('asks for a run of one person, whom it names, by an id as Graph writes it', async () => {
    const person = { mode: 'person', personId: 'ABCDEF00-0000-4000-8000-00000000000A' };
    const answer = await owner.postJson(`${world.home}/api/sync-runs`, person);

    expect(answer.status).toBe(202);
    expect((await requests()).at(-1)?.request).toMatchObject({ ...person, personId: person.personId.toLowerCase() });
  });

  it.each([
    ['of a person without saying whose', { mode: 'person' }],
    ['of a person who is none', { mode: 'person', personId: 'ada' }],
    ['of everybody for a person', { mode: 'full', personId: ada.oid }],
    ['of nobody knows what', { mode: 'person', personId: ada.oid, lookUp: 'ada' }],
  ])('refuses a run %s', async (_what, body) => {
    const before = (await requests()).length;

    expect(problemOf(await owner.postJson(`${world.home}/api/sync-runs`, body))).toEqual([400, 'bad-request']);
    expect(await requests()).toHaveLength(before);
  });

  it('publishes in the trace of the request, which tells of its route and of nobody', async () => {
    const recorded = recordSpans();

    await askFor(owner, 'delta');

    const spans = recorded.spans();
    await recorded.stop();
    const asked = spans.find(({ name }) => name === 'POST /api/sync-runs');
    const sent = spans.find(({ name }) => name === 'send sync.requests');
    const route = { 'http.request.method': 'POST', 'http.route': '/api/sync-runs', 'http.response.status_code': 202 };
    expect(asked).toMatchObject({ scope: 'auth-gateway', kind: 'server', attributes: route });
    expect(sent?.parentSpanId).toBe(asked?.spanId);
    expect(await lastContext()).toBe(`00-${sent?.traceId}-${sent?.spanId}-01`);
    expect(JSON.stringify(spans)).not.toContain(ownerId);
  });

  it('names the run that takes the request up', async () => {
    const before = (await requests()).length;
    const answering = askFor(owner, 'full');
    const taken = await moreRequestsThan(before);
    const requestId = taken.at(-1)?.request.requestId ?? '';
    await world.gateway.models.runs.create(
      aRun({ _id: 'run-9', organisationId: world.acme.id, requestIds: [requestId] }),
    );

    expect(JSON.parse((await answering).body)).toEqual({ requestId, runId: 'run-9' });
  });

  it('is refused to a learner, to nobody, from another site and for another mode', async () => {
    const before = (await requests()).length;

    expect(problemOf(await askFor(learner, 'full'))).toEqual([403, 'not-an-administrator']);
    expect(problemOf(await askFor(createBrowser(), 'full'))).toEqual([401, 'not-signed-in']);
    expect(problemOf(await askFor(owner, 'full', { 'sec-fetch-site': 'cross-site' }))).toEqual([403, 'cross-site']);
    expect(problemOf(await askFor(owner, 'person'))).toEqual([400, 'bad-request']);

    expect(await requests()).toHaveLength(before);
  });

  it('is open to an Admin', async () => {
    const { id } = world.acme;
    await world.gateway.roles.grant(id, learnerIdOf(id, 'microsoft', grace.oid), 'Admin');

    expect((await askFor(learner, 'delta')).status).toBe(202);

    await world.gateway.connection.collection('roles').deleteOne({ role: 'Admin' });
  });
});

describe('POST /sync-runs', () => {
  it('is the same by a form', async () => {
    const before = (await requests()).length;

    const answer = await owner.post(`${world.home}/sync-runs`, { mode: 'full' });

    expect([answer.status, answer.location]).toEqual([303, `${world.home}/?notice=sync-requested`]);
    expect(await requests()).toHaveLength(before + 1);
  });

  it('knows no run of one person', async () => {
    expect((await owner.post(`${world.home}/sync-runs`, { mode: 'person', personId: ada.oid })).status).toBe(400);
  });

  it('says that it is a preview that was asked for', async () => {
    const answer = await owner.post(`${world.home}/sync-runs`, { mode: 'preview' });

    expect(answer.location).toBe(`${world.home}/?notice=preview-requested`);
    expect((await requests()).at(-1)?.request).toMatchObject({ mode: 'preview' });
  });

  it('is refused to a learner with a page', async () => {
    const answer = await learner.post(`${world.home}/sync-runs`, { mode: 'full' });

    expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('Only an Owner or an Admin')]);
  });
});

describe('GET /api/sync-runs/latest', () => {
  const latest = async () =>
    (JSON.parse((await owner.get(`${world.home}/api/sync-runs/latest`)).body) as { run: { id: string } | null }).run;
  const store = (run: Parameters<typeof aRun>[0]) => world.gateway.models.runs.create(aRun(run));

  it('knows no run at first', async () => {
    expect(await latest()).toBeNull();
  });

  it('shows a full run that is under way rather than a later delta run', async () => {
    const organisationId = world.acme.id;
    await store({ _id: 'full', organisationId, startedAt: new Date('2026-11-23T10:00:00Z') });
    const at = new Date('2026-11-23T10:01:00Z');
    await store({ _id: 'delta', organisationId, mode: 'delta', startedAt: at, stage: 'finished', finishedAt: at });

    expect((await latest())?.id).toBe('full');

    await world.gateway.models.runs.updateOne({ _id: 'full' }, { $set: { stage: 'interrupted' } });
    expect((await latest())?.id).toBe('delta');
  });

  it('shows a preview as one, with what a full run would do', async () => {
    const [organisationId, at] = [world.acme.id, new Date('2026-11-23T12:00:00Z')];
    const applied = { created: 0, updated: 2, unchanged: 0, deactivated: 1, conflicts: 1, unconfirmed: 3, kept: 1 };
    const ended = { stage: 'finished', startedAt: at, finishedAt: at } as const;
    await store({ _id: 'preview', organisationId, mode: 'preview', ...ended, applied });

    expect(await latest()).toMatchObject({
      id: 'preview',
      counts: { updated: 2, unconfirmed: 3, kept: 1 },
      summary:
        'Preview finished: 2 to be updated, 1 to be deactivated, 1 to be identified, 3 to be confirmed, 1 kept as the last Owner.',
    });
  });

  it("shows no other organisation's run", async () => {
    await store({ _id: 'elsewhere', organisationId: world.globex.id });

    expect(await latest()).toBeNull();
  });

  it('counts a run as under way until everything is applied', async () => {
    await store({ _id: 'run', organisationId: world.acme.id, stage: 'finished' });
    expect(await latest()).toMatchObject({ state: 'running', step: 'Saving the last changes' });

    await world.gateway.models.runs.updateOne(
      { _id: 'run' },
      { $set: { finishedAt: new Date(), problem: 'Some photos could not be read.' } },
    );
    expect(await latest()).toMatchObject({
      state: 'incomplete',
      step: 'Finished',
      problem: 'Some photos could not be read.',
    });
  });

  it('says what caused it, who asked, and who was left out for what reason', async () => {
    const organisationId = world.acme.id;
    const requestedBy = learnerIdOf(organisationId, 'microsoft', ada.oid);
    const disabled = { personId: 'd0000000-0000-4000-8000-000000000001', userPrincipalName: 'dora@acme.example' };
    const gone = { personId: 'd0000000-0000-4000-8000-000000000002', userPrincipalName: null };
    const known = { personId: ada.oid, userPrincipalName: null };
    await store({
      ...{ _id: 'asked', organisationId, trigger: 'request', requestedBy },
      skipped: [
        { reason: 'disabled', people: 30, first: [disabled] },
        { reason: 'not found', people: 2, first: [gone, known] },
      ],
    });

    expect(await latest()).toMatchObject({
      ...{ startedBy: 'person', requestedBy: ada.name, trigger: `Asked for by ${ada.name}` },
      skipped: [
        { reason: 'disabled in Entra', people: 30, first: ['dora@acme.example'] },
        { reason: 'not found in the directory', people: 2, first: [gone.personId, ada.name] },
      ],
    });
    expect((await owner.get(`${world.home}/`)).body).toContain('30 disabled in Entra: dora@acme.example, and 29 more');
  });

  it.each([
    ['an operator', { trigger: 'request', requestedBy: 'learnamp-ops' }, 'operator', 'Asked for by learnamp-ops'],
    ['a notification', { trigger: 'notification', requestedBy: null }, 'notification', 'By a change at Microsoft'],
    ['the clock', { trigger: 'schedule', requestedBy: null }, 'timer', 'By schedule'],
  ])('tells a run because of %s from others', async (_whose, cause, startedBy, trigger) => {
    await store({ _id: 'run', organisationId: world.acme.id, ...cause });

    expect(await latest()).toMatchObject({ startedBy, requestedBy: cause.requestedBy, trigger });
  });

  it('is refused to a learner', async () => {
    expect(problemOf(await learner.get(`${world.home}/api/sync-runs/latest`))).toEqual([403, 'not-an-administrator']);
  });
});
