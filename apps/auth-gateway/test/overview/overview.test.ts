import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunDocument } from '@learnamp/learners';
import { organisationModel } from '@learnamp/organisations';
import type { Browser } from '@learnamp/testkit';
import { aRun, storeLearner } from '../fixtures/a-learner.ts';
import { anInvitation } from '../fixtures/an-invitation.ts';
import { anOwnerAndALearner } from '../fixtures/an-owner-and-a-learner.ts';
import { hold } from '../fixtures/hold.ts';
import { aWorld, createBrowser, type World } from '../fixtures/world.ts';

let world: World;
let owner: Browser;
let learner: Browser;

beforeAll(async () => {
  world = await aWorld();
  ({ owner, learner } = await anOwnerAndALearner(world));
}, 120_000);
afterAll(() => world.stop());

const MINUTE = 60_000;
const ago = (ms: number) => new Date(Date.now() - ms);
const ahead = (ms: number) => new Date(Date.now() + ms);

const get = (browser = owner, home = world.home) => browser.get(`${home}/api/overview`);
const read = async () => JSON.parse((await get()).body) as Record<string, Readonly<Record<string, unknown>>>;
const stateNow = async () => {
  const { health } = await read();
  return [health?.['state'], (health?.['action'] as { to: string } | null)?.to ?? null];
};
const store = (run: Partial<RunDocument> & { readonly _id: string }) =>
  world.gateway.models.runs.create(aRun({ organisationId: world.acme.id, ...run }));
const ended = (at: Date) => ({ stage: 'finished', startedAt: at, finishedAt: at }) as const;

/** An organisation that is set up, told of changes, and up to date. */
beforeEach(async () => {
  const { runs, subscriptions, workRecords, heldSets, personRecords, conflicts, invitations } = world.gateway.models;
  for (const model of [runs, subscriptions, workRecords, heldSets, personRecords, conflicts, invitations]) {
    await model.collection.deleteMany({});
  }
  const { id: organisationId } = world.acme;
  await store({ _id: 'full', ...ended(ago(60 * MINUTE)) });
  await workRecords.create({
    ...{ _id: organisationId, setUpAt: ago(90 * MINUTE), nextFullAt: ahead(23 * 60 * MINUTE) },
    nextDeltaAt: ahead(9 * MINUTE),
  });
  for (const kind of ['users', 'groups'] as const) {
    await subscriptions.create({
      ...{ _id: `${organisationId}:${kind}`, organisationId, kind, subscriptionId: kind },
      ...{ notificationUrl: 'https://hooks.example', expiresAt: ahead(20 * 24 * 60 * MINUTE) },
    });
  }
});

describe('GET /api/overview', () => {
  it('tells of an organisation that is well', async () => {
    const { subscriptions, workRecords } = world.gateway.models;
    const work = await workRecords.findById(world.acme.id).lean().orFail();
    const [first] = await subscriptions.find().sort({ expiresAt: 1 }).lean();

    expect(await read()).toMatchObject({
      health: { state: 'healthy', reason: expect.stringMatching(/\.$/), action: null },
      next: { full: work.nextFullAt.toISOString(), changes: work.nextDeltaAt?.toISOString() },
      subscriptions: { state: 'live', expiresAt: first?.expiresAt.toISOString() },
      credential: { kind: 'secret', expiresAt: null },
      freshness: { by: 'notifications', targetSeconds: 1800, samples: 0, p50: null, p95: null, hours: [] },
      tiles: { skipped: 2, conflicts: 0 },
      ...{ held: 0, run: { id: 'full', state: 'finished' } },
    });
  });

  it('counts people by what they are, and none of another organisation', async () => {
    const { gateway, acme, globex } = world;
    const { invitations, learners, conflicts } = gateway.models;
    const before = (await read())['tiles'] as Record<string, number>;
    const organisationId = acme.id;
    const personId = (n: number) => `e0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    const here = (n: number, active: boolean) =>
      storeLearner(gateway, { organisationId, personId: personId(n), active });
    const [{ _id: newcomer }] = [await here(1, true), await here(2, false)];
    const { _id: gone } = await here(3, false);
    await learners.updateOne({ _id: gone }, { $set: { tombstone: true } });
    await storeLearner(gateway, { organisationId: globex.id, personId: personId(4) });
    await invitations.create(anInvitation({ _id: newcomer, organisationId, state: 'held' }));
    await invitations.create(anInvitation({ _id: 'another', organisationId }));
    await invitations.create(anInvitation({ _id: 'theirs', organisationId: globex.id, state: 'held' }));
    const conflict = { organisationId, kind: 'rehire', since: new Date(), candidates: [], said: {}, answer: null };
    await conflicts.collection.insertMany([
      { ...conflict, _id: 'waits' as never, personId: 'p1', state: 'waiting' },
      { ...conflict, _id: 'ignored' as never, personId: 'p2', state: 'ignored' },
      { ...conflict, _id: 'theirs' as never, personId: 'p3', state: 'waiting', organisationId: globex.id },
    ]);

    const { tiles } = await read();

    const { inGroup = 0, active = 0, deactivated = 0 } = before;
    expect(tiles).toEqual({
      ...{
        inGroup: inGroup + 1,
        active: active + 1,
        deactivated: deactivated + 1,
        toInvite: 1,
        skipped: 2,
        conflicts: 1,
      },
    });
    expect(await stateNow()).toEqual(['warning', '/admin/conflicts']);
  });

  it('measures how long the changes of the last day took, by the runs that changed somebody', async () => {
    const applied = { created: 0, updated: 1, unchanged: 0, deactivated: 0 };
    const took = (_id: string, agoMs: number, seconds: number | null, more: Partial<RunDocument> = {}) => {
      const changesSince = seconds === null ? null : ago(agoMs + seconds * 1000);
      return store({ _id, mode: 'delta', ...ended(ago(agoMs)), changesSince, applied, ...more });
    };
    await took('quick', 10 * MINUTE, 4);
    await took('slow', 200 * MINUTE, 900);
    await took('long ago', 25 * 60 * MINUTE, 5000);
    await took('of nobody', 11 * MINUTE, 5000, { applied: { ...applied, updated: 0, unchanged: 3 } });
    await took('of unknown time', 12 * MINUTE, null);
    await took('under way', 13 * MINUTE, 5000, { finishedAt: null });
    await took('full', 14 * MINUTE, 5000, { _id: 'another full', mode: 'full' });
    await took('theirs', 15 * MINUTE, 5000, { organisationId: world.globex.id });

    const { freshness } = await read();

    expect(freshness).toMatchObject({ samples: 2, p50: 4, p95: 900 });
    expect((freshness?.['hours'] as { samples: number }[]).map(({ samples }) => samples)).toEqual([1, 1]);
  });

  it.each([
    ['changes are held', () => hold(world.gateway, aHeld()), 'needs-approval', '/admin/held'],
    [
      'the last full run has a problem',
      () => store({ _id: 'newest', ...ended(ago(MINUTE)), problem: 'it failed' }),
      ...(['failing', '/admin/runs'] as const),
    ],
    [
      'attempts fail',
      () => world.gateway.models.workRecords.updateOne({ _id: world.acme.id }, { $set: { failures: 4 } }),
      ...(['failing', '/admin/runs'] as const),
    ],
    [
      'a subscription is missing',
      () => world.gateway.models.subscriptions.deleteOne({ kind: 'users' }),
      ...(['warning', '/admin/microsoft'] as const),
    ],
    [
      'nothing has ever run',
      async () => {
        await world.gateway.models.runs.deleteMany({});
        await world.gateway.models.workRecords.deleteMany({});
      },
      ...(['not-set-up', '/admin/setup'] as const),
    ],
  ])('says what to do where %s', async (_what, spoil, state, to) => {
    await spoil();

    expect(await stateNow()).toEqual([state, to]);
  });

  const aHeld = () => ({
    ...{ organisationId: world.acme.id, personId: 'd0000000-0000-4000-8000-000000000001', name: 'Dora' },
    heldSince: ago(MINUTE).toISOString(),
  });

  it('counts what is held, and leaves out a run that was cancelled', async () => {
    await hold(world.gateway, aHeld());
    await store({ _id: 'stopped', ...ended(ago(MINUTE)), stage: 'cancelled' });

    expect(await read()).toMatchObject({ held: 1, health: { reason: expect.stringContaining('1 change waits') } });
  });

  it('says by what the settings are in the way, and that nothing runs by itself then', async () => {
    const { id } = world.acme;
    const organisations = organisationModel(world.gateway.connection);
    const asTheyWere = await organisations.findById(id).lean().orFail();
    const nothing = { full: null, changes: null };
    await organisations.updateOne({ _id: id }, { $set: { 'provisioning.enabled': false } });
    expect(await read()).toMatchObject({ health: { state: 'paused' }, next: nothing });
    await organisations.updateOne({ _id: id }, { $set: { 'microsoft.consents': ['sign-in'] } });
    expect(await read()).toMatchObject({ health: { state: 'not-set-up' }, next: nothing });

    await organisations.replaceOne({ _id: id }, asTheyWere);
    expect(await stateNow()).toEqual(['healthy', null]);
  });

  it('is for Owners and Admins alone', async () => {
    expect([(await get(learner)).status, (await get(createBrowser())).status]).toEqual([403, 401]);
    expect((await get(owner, world.otherHome)).status).toBe(401);
  });
});

describe('GET /api/overview of an installation that takes no notifications', () => {
  it('misses no subscriptions, warns of a credential that ends, and says that changes follow by timer', async () => {
    const expiresAt = ahead(12 * 24 * 60 * MINUTE);
    const other = await aWorld({
      notified: false,
      clientCredentials: [{ kind: 'secret', secret: 'a-secret', expiresAt }],
    });
    try {
      const { owner: theirs } = await anOwnerAndALearner(other);
      await other.gateway.models.runs.create(aRun({ _id: 'r', organisationId: other.acme.id, ...ended(ago(MINUTE)) }));

      const answer = JSON.parse((await theirs.get(`${other.home}/api/overview`)).body) as Record<string, unknown>;

      expect(answer).toMatchObject({
        health: {
          state: 'warning',
          reason: expect.stringContaining('expires in 1'),
          action: { to: '/admin/microsoft' },
        },
        ...{ subscriptions: { state: 'not-used', expiresAt: null }, freshness: { by: 'timer' } },
        credential: { kind: 'secret', expiresAt: expiresAt.toISOString() },
      });
    } finally {
      await other.stop();
    }
  }, 120_000);
});
