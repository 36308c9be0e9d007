import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { directoryPhotoId, learnerIdOf } from '@learnamp/learners';
import { personRecordId } from '@learnamp/sync-state';
import type { Browser } from '@learnamp/testkit';
import { aRun, storeLearner } from '../fixtures/a-learner.ts';
import { anOwnerAndALearner, grace } from '../fixtures/an-owner-and-a-learner.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const person = (n: number) => `d0000000-0000-4000-8000-0000000000${String(n).padStart(2, '0')}`;
const [WANTED, HELD, DISABLED, UNKNOWN, LEFT, GONE] = [10, 11, 12, 13, 14, 15].map(person) as [
  ...[string, string, string, string, string, string],
];
let world: World;
let owner: Browser;
let learner: Browser;

const idOf = (personId: string) => learnerIdOf(world.acme.id, 'microsoft', personId);

/** Ada manages Grace and Bob, Grace manages Cy; Di and Ed manage each other; the others' managers are none. */
beforeAll(async () => {
  world = await aWorld();
  ({ owner, learner } = await anOwnerAndALearner(world));
  const { models } = world.gateway;
  const store = (n: number, name: string, more: { managerId?: string; active?: boolean } = {}) =>
    storeLearner(world.gateway, { organisationId: world.acme.id, personId: person(n), name, ...more });
  await store(1, 'Bob Babbage', { managerId: ada.oid });
  await store(2, 'Cy Twombly', { managerId: grace.oid });
  await store(3, 'Di Ring', { managerId: person(4) });
  await store(4, 'Ed Ring', { managerId: person(3) });
  await store(14, 'Lea Left', { active: false, managerId: ada.oid });
  for (const [at, managerId] of [WANTED, HELD, DISABLED, UNKNOWN, LEFT, GONE].entries()) {
    await store(20 + at, `Waiter ${at}`, { managerId });
  }
  await models.learners.updateOne(
    { 'sources.microsoft.personId': grace.oid },
    { $set: { manager: { personId: ada.oid, learnerId: idOf(ada.oid) } } },
  );
  // Those who are no learners are linked to nobody.
  await models.learners.updateMany(
    { 'manager.personId': { $in: [WANTED, HELD, DISABLED, UNKNOWN, GONE] } },
    { $set: { 'manager.learnerId': null } },
  );
  await storeWhatIsKnown();
  await storeElsewhere();
}, 120_000);
afterAll(() => world.stop());

const stateOf = (personId: string, displayName: string, active: boolean) => ({
  ...{ personId, active, userPrincipalName: `${displayName}@acme.example`, userType: 'Member' },
  fields: { displayName },
});

async function storeWhatIsKnown(): Promise<void> {
  const { personRecords, groupNodes, runs, ownPhotos, photos } = world.gateway.models;
  const organisationId = world.acme.id;
  const record = (personId: string) => ({ _id: personRecordId(organisationId, personId), organisationId, personId });
  const emitted = (state: object) => ({ version: '0000000001-000000000001', hash: 'a', state });
  const proposal = { runId: 'r', decidedAt: new Date(), heldSince: new Date(), verdict: null, saidBy: null };
  await personRecords.collection.insertMany([
    { ...record(WANTED), emitted: emitted(stateOf(WANTED, 'Wanda', true)) },
    { ...record(HELD), proposal: { ...proposal, state: stateOf(HELD, 'Hal', true) } },
    { ...record(GONE), emitted: emitted(stateOf(GONE, 'Gus', false)) },
  ] as never[]);
  const groupId = world.acme.microsoft?.groupId ?? '';
  const node = (id: string, userIds: string[], groupIds: string[]) => ({
    ...{ _id: `${organisationId}:${id}`, organisationId, groupId: id, displayName: id, userIds, groupIds },
  });
  await groupNodes.create([
    node(groupId, [ada.oid], ['nested']),
    node('nested', [DISABLED], [groupId]),
    // Left over from another group.
    node('former', [UNKNOWN], []),
  ]);
  const ended = { organisationId, stage: 'finished', finishedAt: new Date() } as const;
  await runs.create([
    aRun({ ...ended, _id: 'full', managerCycles: [[person(3), person(4)], [person(99)]] }),
    aRun({ ...ended, _id: 'delta', mode: 'delta', startedAt: new Date('2026-11-24T10:00:00Z') }),
    aRun({ _id: 'begun', organisationId, startedAt: new Date('2026-11-25T10:00:00Z') }),
  ]);
  const photo = { organisationId, mediaType: 'image/png', bytes: Buffer.from('a') } as const;
  await ownPhotos.create({ ...photo, _id: idOf(person(1)), commandId: 'c' });
  await photos.create({
    ...{ ...photo, _id: directoryPhotoId(organisationId, grace.oid), personId: grace.oid },
    ...{ version: '0000000001-000000000001', runId: 'r', etag: 'e' },
  });
}

/** The same people of another organisation, which have no say here. */
async function storeElsewhere(): Promise<void> {
  const organisationId = world.globex.id;
  await storeLearner(world.gateway, { organisationId, personId: UNKNOWN, name: 'Una Elsewhere' });
  await storeLearner(world.gateway, { organisationId, personId: person(50), name: 'Vi Elsewhere', managerId: UNKNOWN });
  await world.gateway.models.runs.create(
    aRun({ _id: 'theirs', organisationId, stage: 'finished', finishedAt: new Date(), managerCycles: [[UNKNOWN]] }),
  );
}

interface Listed {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly next: string | null;
}
const read = async <Body = Listed>(path: string) =>
  JSON.parse((await owner.get(`${world.home}/api/managers${path}`)).body) as Body;
const namesOf = ({ items }: Listed) => items.map(({ name }) => name);

describe('GET /api/managers', () => {
  it('counts each active learner once by what is known of their manager, and tells of cycles', async () => {
    expect(await read<object>('')).toEqual({
      ...{ linked: 5, waiting: 3, inactive: 1, outOfScope: 2, none: 1, inCycles: 2 },
      cycles: [
        [
          { learnerId: idOf(person(3)), name: 'Di Ring' },
          { learnerId: idOf(person(4)), name: 'Ed Ring' },
        ],
      ],
    });
  });

  it('is for administrators', async () => {
    for (const path of ['', '/reports', '/problems?kind=waiting']) {
      expect((await learner.get(`${world.home}/api/managers${path}`)).status).toBe(403);
      expect((await createBrowser().get(`${world.home}/api/managers${path}`)).status).toBe(401);
    }
  });
});

describe('GET /api/managers/reports', () => {
  it('begins with those who manage somebody and have no active manager', async () => {
    expect(await read('/reports')).toEqual({
      items: [
        {
          ...{ learnerId: idOf(ada.oid), name: 'Ada Lovelace', jobTitle: 'Analyst', active: true },
          ...{ hasPhoto: false, reports: 2 },
        },
      ],
      next: null,
    });
  });

  it('has the active reports of a learner, with their photos and how many they manage', async () => {
    const { items } = await read(`/reports?of=${idOf(ada.oid)}`);

    expect(items.map(({ name, hasPhoto, reports }) => [name, hasPhoto, reports])).toEqual([
      ['Bob Babbage', true, 0],
      ['Grace Hopper', true, 1],
    ]);
    expect((await read(`/reports?of=${idOf(person(2))}`)).items).toEqual([]);
  });

  it('comes page by page, by name', async () => {
    const of = `/reports?of=${idOf(ada.oid)}&limit=1`;
    const first = await read(of);
    const second = await read(`${of}&cursor=${first.next}`);

    expect([namesOf(first), namesOf(second), second.next]).toEqual([['Bob Babbage'], ['Grace Hopper'], null]);
  });

  it("knows nobody of another organisation, and no nobody's", async () => {
    const theirs = learnerIdOf(world.globex.id, 'microsoft', UNKNOWN);
    for (const whose of [theirs, 'nobody']) {
      expect((await owner.get(`${world.home}/api/managers/reports?of=${whose}`)).status).toBe(404);
    }
  });
});

describe('GET /api/managers/problems', () => {
  it('tells whose manager may still come: wanted, held, or in the group', async () => {
    const { items } = await read('/problems?kind=waiting');

    expect(items.map(({ name, manager }) => [name, manager])).toEqual([
      ['Waiter 0', { learnerId: null, personId: WANTED, name: 'Wanda' }],
      ['Waiter 1', { learnerId: null, personId: HELD, name: 'Hal' }],
      ['Waiter 2', { learnerId: null, personId: DISABLED, name: null }],
    ]);
  });

  it('tells whose manager is not active, by name', async () => {
    expect((await read('/problems?kind=inactive')).items).toEqual([
      {
        ...{ learnerId: idOf(person(24)), name: 'Waiter 4' },
        manager: { learnerId: idOf(LEFT), personId: LEFT, name: 'Lea Left' },
      },
    ]);
  });

  it('tells whose manager is out of scope, whatever an older group or another organisation has', async () => {
    const { items } = await read('/problems?kind=out-of-scope');

    expect(items.map(({ name, manager }) => [name, manager])).toEqual([
      ['Waiter 3', { learnerId: null, personId: UNKNOWN, name: null }],
      ['Waiter 5', { learnerId: null, personId: GONE, name: 'Gus' }],
    ]);
  });

  it('comes page by page, and refuses other kinds', async () => {
    const first = await read('/problems?kind=waiting&limit=2');
    const second = await read(`/problems?kind=waiting&limit=2&cursor=${first.next}`);

    expect([namesOf(first), namesOf(second), second.next]).toEqual([['Waiter 0', 'Waiter 1'], ['Waiter 2'], null]);
    for (const query of ['kind=linked', '', `kind=inactive&cursor=${first.next}`]) {
      expect((await owner.get(`${world.home}/api/managers/problems?${query}`)).status).toBe(400);
    }
  });
});

it('counting who manages whom reads an index, and no learner', async () => {
  const { learners } = world.gateway.models;
  const match = { $match: { organisationId: world.acme.id, active: true } };
  const group = {
    $group: { _id: '$manager.personId', learnerId: { $max: '$manager.learnerId' }, reports: { $sum: 1 } },
  };
  const explained = JSON.stringify(await learners.aggregate([match, group]).explain('executionStats'));

  expect(explained).toContain('"totalDocsExamined":0');
});
