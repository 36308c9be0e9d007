import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import type { Browser } from '@learnamp/testkit';
import { aRun, storeLearner } from '../fixtures/a-learner.ts';
import { startGateway } from '../fixtures/gateway.ts';
import { ada, aWorld, CLIENT_ID, createBrowser, type World } from '../fixtures/world.ts';
import { type Listener, listen, until } from './listener.ts';

const MOST = 3;
const streams = { pollMs: 15, recheckMs: 15, heartbeatMs: 20, mostStreams: MOST };
const sealing = Buffer.alloc(32, 7);
const grace = { oid: 'b0000000-0000-4000-8000-00000000000b', name: 'Grace Hopper' };

describe('GET /api/sync-runs/:id/events', () => {
  let world: World;
  let owner: Browser;
  let ownerId: string;
  let graceId: string;
  const listeners: Listener[] = [];

  beforeAll(async () => {
    world = await aWorld({ streams, sealing });
    const organisationId = world.acme.id;
    ownerId = learnerIdOf(organisationId, 'microsoft', ada.oid);
    await world.gateway.roles.grant(organisationId, ownerId, 'Owner');
    await storeLearner(world.gateway, { organisationId, personId: grace.oid, name: grace.name });
    graceId = learnerIdOf(organisationId, 'microsoft', grace.oid);
    owner = createBrowser();
    await world.signIn(owner);
  }, 120_000);
  afterAll(() => world.stop());
  beforeEach(async () => {
    await world.gateway.models.runs.deleteMany({});
    await world.gateway.models.runs.create(aRun({ _id: 'run', organisationId: world.acme.id, requestIds: ['asked'] }));
  });
  afterEach(() => {
    for (const listener of listeners.splice(0)) listener.close();
  });

  const open = async (id = 'run', browser = owner, headers = {}) => {
    const listener = await listen(browser, `${world.home}/api/sync-runs/${id}/events`, headers);
    listeners.push(listener);
    return listener;
  };
  /** The service once more, on the same database, with the Owner signed in there too. */
  const anotherProcess = async () => {
    const settings = { clientId: CLIENT_ID, authorityHost: world.op.url, streams, sealing };
    const uri = new URL(world.mongo.uri());
    uri.pathname = `/${world.gateway.connection.name}`;
    const gateway = await startGateway(uri.href, settings);
    const browser = createBrowser();
    const home = `http://acme.localhost:${gateway.port}`;
    const begun = (await browser.post(`${home}/sign-in/microsoft`)).location;
    await world.goBack(browser, world.op.authorize(begun, ada));
    return {
      stop: () => gateway.stop(),
      open: async () => {
        const listener = await listen(browser, `${home}/api/sync-runs/run/events`);
        listeners.push(listener);
        return listener;
      },
    };
  };
  const set = (fields: object) => world.gateway.models.runs.updateOne({ _id: 'run' }, { $set: fields });
  const heard = ({ events }: Listener) => events.map(({ data: { state, done } }) => [state, done]);

  it('tells the state at once, then each change, and ends with the run', async () => {
    const listener = await open();
    await until('the state is told', () => listener.events.length === 1);

    await set({ progress: { step: 'syncing people', done: 300, total: 402 } });
    await until('the change is told', () => listener.events.length === 2);
    await set({ stage: 'finished', finishedAt: new Date() });
    await until('it ends', () => listener.ended());

    expect([listener.status, listener.type]).toEqual([200, 'text/event-stream']);
    expect(heard(listener)).toEqual([
      ['running', 120],
      ['running', 300],
      ['finished', 300],
    ]);
    expect(listener.events[0]).toMatchObject({
      event: 'run',
      data: { id: 'run', step: 'Syncing people', total: 402, counts: { created: 40, members: 402 } },
    });
    expect(new Set(listener.events.map(({ id }) => id)).size).toBe(3);
  });

  it('tells nothing twice, and beats meanwhile', async () => {
    const listener = await open('asked');

    await until('it has beaten', () => listener.comments.length > 4);

    expect(heard(listener)).toEqual([['running', 120]]);
    expect(listener.ended()).toBe(false);
  });

  it('tells whoever reconnects the whole state again, and whoever has the end already that there is no more', async () => {
    const before = await open();
    await until('the state is told', () => before.events.length === 1);
    before.close();
    await set({ stage: 'finished', finishedAt: new Date() });

    const again = await open('run', owner, { 'last-event-id': before.events[0]?.id ?? '' });
    await until('it ends', () => again.ended());
    const once = await open('run', owner, { 'last-event-id': again.events[0]?.id ?? '' });

    expect(heard(again)).toEqual([['finished', 120]]);
    expect([once.status, once.events]).toEqual([204, []]);
  });

  it('tells the same from another process, under the same ids', async () => {
    const other = await anotherProcess();
    try {
      const [here, elsewhere] = [await open(), await other.open()];

      await set({ stage: 'finished', finishedAt: new Date() });
      await until('both end', () => here.ended() && elsewhere.ended());

      expect(elsewhere.events).toEqual(here.events);
      expect(heard(here).at(-1)).toEqual(['finished', 120]);
    } finally {
      await other.stop();
    }
  });

  it.each([
    [
      'is signed out',
      () => world.gateway.models.sessions.updateMany({ learnerId: graceId }, { revokedAt: new Date() }),
    ],
    ['is deactivated', () => world.gateway.models.learners.updateOne({ _id: graceId }, { active: false })],
    ['is no administrator any more', () => world.gateway.connection.collection('roles').deleteOne({ role: 'Admin' })],
  ])('ends for somebody who %s, and goes on for others', async (_what, act) => {
    await world.gateway.models.learners.updateOne({ _id: graceId }, { active: true });
    await world.gateway.roles.grant(world.acme.id, graceId, 'Admin');
    const admin = createBrowser();
    await world.signIn(admin, grace);
    const [theirs, ours] = [await open('run', admin), await open()];
    await until('both are told', () => theirs.events.length === 1 && ours.events.length === 1);
    expect(theirs.ended()).toBe(false);

    await act();
    await until('it ends', () => theirs.ended());
    await set({ progress: { step: 'syncing people', done: 301, total: 402 } });
    await until('others are told', () => ours.events.length === 2);

    expect([theirs.events.length, ours.ended()]).toEqual([1, false]);
    expect((await open('run', admin)).status).not.toBe(200);
    await world.gateway.models.learners.updateOne({ _id: graceId }, { active: true });
    await world.gateway.connection.collection('roles').deleteMany({ role: 'Admin' });
  });

  it('is open so many times for an organisation, and again once one has closed', async () => {
    const first = await open();
    for (let more = 1; more < MOST; more += 1) expect((await open()).status).toBe(200);

    expect((await open()).status).toBe(429);
    first.close();
    await until('there is room again', async () => (await open()).status === 200);
  });

  it('ends when nothing is known of the run any more', async () => {
    const listener = await open();
    await until('the state is told', () => listener.events.length === 1);

    await world.gateway.models.runs.deleteMany({});

    await until('it ends', () => listener.ended());
  });

  it("is not there for another organisation's run, nor for a learner or nobody", async () => {
    await world.gateway.models.runs.create(aRun({ _id: 'theirs', organisationId: world.globex.id }));
    const learner = createBrowser();
    await world.signIn(learner, grace);

    const answers = [
      await open('theirs'),
      await open('nobodys'),
      await open('run', learner),
      await open('run', createBrowser()),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 403, 401]);
  });

  it('does not keep a process from stopping', async () => {
    const other = await anotherProcess();
    const listener = await other.open();
    await until('the state is told', () => listener.events.length === 1);

    await other.stop();

    await until('it ends', () => listener.ended());
  });
});
