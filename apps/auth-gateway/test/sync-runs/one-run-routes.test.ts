import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OutcomeRowDocument, PlannedChange, ProvisioningLogDocument } from '@learnamp/learners';
import type { Browser } from '@learnamp/testkit';
import { aRun } from '../fixtures/a-learner.ts';
import { anOwnerAndALearner } from '../fixtures/an-owner-and-a-learner.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const VERSION = '0000000001-000000000001';
const person = (n: number) => `d0000000-0000-4000-8000-00000000000${n}`;
let world: World;
let owner: Browser;
let learner: Browser;
let ownerId: string;

beforeAll(async () => {
  world = await aWorld();
  ({ owner, learner, ownerId } = await anOwnerAndALearner(world));
  await storeRuns();
}, 120_000);
afterAll(() => world.stop());

const row = (runId: string, personId: string, more: Partial<OutcomeRowDocument>): OutcomeRowDocument => ({
  ...{ _id: `${runId}:${personId}`, organisationId: world.acme.id, runId, personId, learnerId: `lrn_${personId}` },
  ...{ outcome: 'updated', version: VERSION },
  ...more,
});
const entry = (runId: string, learnerId: string, more: Partial<ProvisioningLogDocument>): ProvisioningLogDocument => ({
  ...{ _id: `${learnerId}:${VERSION}`, organisationId: world.acme.id, runId, learnerId, personId: ada.oid },
  ...{ version: VERSION, at: new Date(), action: 'updated', changes: [], removal: null },
  ...more,
});
const planned = (displayName: string | null, more: Partial<PlannedChange> = {}): PlannedChange => ({
  ...{ userPrincipalName: 'new@acme.example', displayName, changes: [], removal: null, reason: null },
  expiresAt: new Date(Date.now() + 3_600_000),
  ...more,
});

async function storeRuns(): Promise<void> {
  const { runs, outcomeRows, provisioningLog } = world.gateway.models;
  const over = { organisationId: world.acme.id, stage: 'finished', finishedAt: new Date() } as const;
  await runs.create([
    aRun({ ...over, _id: 'applied', requestIds: ['asked'] }),
    aRun({ ...over, _id: 'preview', mode: 'preview' }),
    aRun({ ...over, _id: 'theirs', organisationId: world.globex.id }),
  ]);
  const title = { field: 'jobTitle', old: null, new: 'Analyst' };
  const removal = { cause: 'left', proof: 'checkMemberGroups said no' } as const;
  await outcomeRows.create([
    row('applied', ada.oid, { learnerId: ownerId }),
    row('applied', person(1), { outcome: 'deactivated' }),
    row('applied', person(2), { outcome: 'unchanged' }),
    row('applied', person(3), { outcome: 'unchanged' }),
    row('preview', person(1), { outcome: 'created', planned: planned('Newt', { changes: [title] }) }),
    row('preview', person(2), { outcome: 'conflict', learnerId: null, planned: planned(null, { reason: 'rehire' }) }),
    row('preview', person(3), { outcome: 'deactivated', planned: planned('Lea', { removal }) }),
    row('theirs', person(1), { organisationId: world.globex.id, planned: planned('Theirs') }),
  ]);
  await provisioningLog.create([
    entry('applied', ownerId, { changes: [title] }),
    entry('applied', `lrn_${person(1)}`, { personId: person(1), action: 'deactivated', removal }),
    entry('applied', `lrn_${person(3)}`, { personId: person(3), action: 'kept' }),
  ]);
}

const get = (path: string, browser = owner) => browser.get(`${world.home}/api/sync-runs/${path}`);
interface Item {
  readonly personId: string;
  readonly outcome: string;
}
const outcomesOf = async (path: string) =>
  JSON.parse((await get(path)).body) as { readonly items: readonly Item[]; readonly next: string | null };
const inBrief = ({ items }: { readonly items: readonly Item[] }) =>
  items.map(({ personId, outcome }) => [personId, outcome]);

describe('GET /api/sync-runs/:id', () => {
  it('is the run, by its id or by that of a request that it answers', async () => {
    for (const id of ['applied', 'asked']) {
      expect(JSON.parse((await get(id)).body)).toMatchObject({ id: 'applied', mode: 'full', state: 'finished' });
    }
  });

  it("is not there for another organisation's run, nor for nobody's", async () => {
    for (const id of ['theirs', 'nobodys']) {
      expect([(await get(id)).status, (await get(`${id}/outcomes`)).status]).toEqual([404, 404]);
    }
  });

  it('is for administrators, as what it did is', async () => {
    for (const path of ['applied', 'applied/outcomes']) {
      expect([(await get(path, learner)).status, (await get(path, createBrowser())).status]).toEqual([403, 401]);
    }
  });
});

describe('GET /api/sync-runs/:id/outcomes', () => {
  it('tells what the run did to whom and why, without those whom it left as they were', async () => {
    const { items, next } = await outcomesOf('applied/outcomes');

    expect(next).toBeNull();
    expect(items).toEqual([
      {
        ...{ personId: ada.oid, learnerId: ownerId, name: ada.name, outcome: 'updated', reason: null },
        changes: [{ field: 'jobTitle', old: null, new: 'Analyst' }],
      },
      {
        ...{ personId: person(1), learnerId: `lrn_${person(1)}`, name: 'Somebody who is not there any more' },
        ...{ outcome: 'deactivated', changes: [], reason: 'Left the group (checkMemberGroups said no)' },
      },
      expect.objectContaining({ outcome: 'kept', reason: 'Nobody else would be an active Owner.' }),
    ]);
  });

  it.each([
    ['unchanged', [[person(2), 'unchanged']]],
    ['deactivated', [[person(1), 'deactivated']]],
    ['kept', [[person(3), 'kept']]],
    ['created', []],
    [
      '',
      [
        [ada.oid, 'updated'],
        [person(1), 'deactivated'],
        [person(3), 'kept'],
      ],
    ],
  ])('is filtered by the outcome "%s"', async (outcome, those) => {
    expect(inBrief(await outcomesOf(`applied/outcomes?outcome=${outcome}`))).toEqual(those);
  });

  it('tells of a preview what would be done, in words, and who would have to be told apart', async () => {
    const { items } = await outcomesOf('preview/outcomes');

    expect(items).toMatchObject([
      { name: 'Newt', outcome: 'created', changes: [{ field: 'jobTitle', new: 'Analyst' }], reason: null },
      { name: 'new@acme.example', learnerId: null, outcome: 'conflict', reason: expect.stringMatching(/new account/) },
      { name: 'Lea', outcome: 'deactivated', reason: 'Left the group (checkMemberGroups said no)' },
    ]);
  });

  it('comes page by page, and refuses what it does not know', async () => {
    const first = await outcomesOf('applied/outcomes?limit=2');
    const second = await outcomesOf(`applied/outcomes?limit=2&cursor=${first.next}`);

    expect([...inBrief(first), ...inBrief(second)]).toEqual([
      [ada.oid, 'updated'],
      [person(1), 'deactivated'],
      [person(3), 'kept'],
    ]);
    expect(second.next).toBeNull();
    for (const query of ['outcome=gone', 'cursor=none', 'limit=0']) {
      expect((await get(`applied/outcomes?${query}`)).status).toBe(400);
    }
  });
});
