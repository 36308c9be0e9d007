import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Proposal, UserState } from '@learnamp/contracts';
import { aDirectory, aGroup, aUser, group, ROOT, user } from '../support/company.ts';
import { membership, reference } from '../support/graph-driver.ts';
import { startSystem, type System } from '../support/start-system.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

/** What a run is, and when something is due next, may change: everything else is to stay as it is. */
const ofTheRunItself = ['lease', 'sequence', 'dueAt', 'shortDueAt', 'pausedUntil'];

/** Everything in the database, by collection. */
async function everything({ connection }: System): Promise<Record<string, object[]>> {
  const collections = (await connection.db?.listCollections().toArray()) ?? [];
  const found: Record<string, object[]> = {};
  for (const { name } of collections) {
    const documents = await connection.collection(name).find().sort({ _id: 1 }).toArray();
    const kept = documents.map((document) =>
      Object.fromEntries(Object.entries(document).filter(([field]) => !ofTheRunItself.includes(field))),
    );
    if (kept.length > 0) found[name] = kept;
  }
  return found;
}

let requests = 0;

/** Asks for a preview and waits for its end. */
async function preview(system: System) {
  requests += 1;
  const requestId = `preview ${requests}`;
  system.watched.proposals.length = 0;
  await system.request({ mode: 'preview', requestId });
  await until('the preview is over', () => endOf(system, requestId) !== undefined);
  await until('its request is answered', async () => {
    const record = await system.stores.workRecords.findById(system.organisation.id).lean();
    return record?.lease.holder === null && record.requests.every((request) => request.requestId !== requestId);
  });
  return endOf(system, requestId);
}

const endOf = ({ watched }: System, requestId: string) =>
  watched.markers.find(({ stage, requestIds }) => stage === 'finished' && requestIds.includes(requestId));

const standings = (proposals: readonly Proposal[]) =>
  proposals.map(({ state, standing }) => `${state.personId} ${standing} ${state.removal?.cause ?? 'active'}`).sort();

const wantedIn = (states: readonly UserState[]) =>
  states
    .map((state) => ({ ...state, version: '', runId: '' }))
    .sort((one, other) => (one.personId < other.personId ? -1 : 1));

describe('a preview before anything was ever synced, with provisioning switched off', () => {
  let system: System;

  beforeAll(async () => {
    system = await startSystem({ provisioning: { enabled: false } });
    await system.start();
  });
  afterAll(() => system.close());

  it('says who would be added, and leaves nothing behind', async () => {
    const ended = await preview(system);

    expect(standings(system.watched.proposals)).toEqual([1, 2, 3, 4].map((n) => `${user(n)} emitted active`));
    expect(ended).toMatchObject({ mode: 'preview', counts: { members: 5, emitted: 4, skipped: 1 } });
    const { workRecords, organisations, ...others } = await everything(system);
    expect(others).toEqual({});
    expect(organisations).toHaveLength(1);
    expect(workRecords).toEqual([
      expect.objectContaining({ requests: [], running: [], setUpAt: null, nextDeltaAt: null, nextSecondLookAt: null }),
    ]);
    expect([...system.watched.published.keys()].sort()).toEqual(['directory.proposals', 'sync.requests']);
  });

  it('leaves the organisation alone until somebody wants another one', async () => {
    const record = await system.stores.workRecords.findById(system.organisation.id).lean().orFail();
    expect(record.pausedUntil.getTime()).toBeGreaterThan(system.now().getTime() + 60_000);

    await system.request({ mode: 'full', requestId: 'not while it is off' });
    await preview(system);

    expect(system.watched.states).toEqual([]);
    expect(await system.active()).toEqual([]);
    expect(standings(system.watched.proposals)).toHaveLength(4);
  });

  it('comes to what the first full run does, once it is switched on', async () => {
    const proposed = system.watched.proposals.map(({ state }) => state);

    await system.changeProvisioning({ enabled: true });
    await system.settled();

    expect(await system.active()).toEqual([1, 2, 3, 4].map(user));
    expect(wantedIn(proposed)).toEqual(wantedIn(system.watched.states));
  });
});

describe('a preview of an organisation that is in sync', () => {
  const leavers = Array.from({ length: 12 }, (_, n) => n + 20);
  let system: System;

  beforeAll(async () => {
    const users = [1, 2, 3, 4, 6, ...leavers].map((n) => aUser(n));
    const groups = [aGroup(0, [1, 2, 3, 4].map(user).concat(group(1))), aGroup(1, leavers.map(user))];
    system = await startSystem({ directory: aDirectory(users, groups) });
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());
  beforeEach(() => {
    system.watched.states.length = 0;
    system.watched.published.clear();
  });
  afterEach(() => {
    system.faults.beforeRequest = undefined;
  });

  it('has nothing to say when nothing changed', async () => {
    const before = await everything(system);

    const ended = await preview(system);

    expect(system.watched.proposals).toEqual([]);
    expect(ended?.counts).toMatchObject({ members: 16, emitted: 0, unchanged: 16 });
    expect(await everything(system)).toEqual(before);
  });

  it('joins whoever asks while it is under way', async () => {
    let asked: Promise<void> | undefined;
    system.faults.beforeRequest = () => {
      asked ??= system.request({ mode: 'preview', requestId: 'me too' });
      return undefined;
    };

    const ended = await preview(system);
    await asked;

    expect(endOf(system, 'me too')?.runId).toBe(ended?.runId);
  });

  it('ends with what is wrong where Graph fails, and is not tried again', async () => {
    system.faults.beforeRequest = ({ template }) => (template.startsWith('GET /groups/') ? { status: 403 } : undefined);

    const ended = await preview(system);

    expect(ended).toMatchObject({ stage: 'finished', problem: expect.stringContaining('permission') as unknown });
    expect(system.watched.proposals).toEqual([]);
  });

  it('begins again when the settings change in the middle', async () => {
    let changed: Promise<void> | undefined;
    system.faults.beforeRequest = ({ template }) => {
      if (template === 'GET /users') changed ??= system.changeProvisioning({ managers: false });
      return undefined;
    };

    const ended = await preview(system);
    await system.settled();

    const of = system.watched.markers.filter(({ mode, stage }) => mode === 'preview' && stage === 'interrupted');
    expect(of).toEqual([expect.objectContaining({ problem: expect.stringContaining('settings') as unknown })]);
    expect(ended?.runId).not.toBe(of[0]?.runId);
  });

  it('says what the next full run does, to whom and why, and changes nothing itself', async () => {
    await system.change('PATCH', `/users/${user(3)}`, { displayName: 'Renamed' });
    await system.change('POST', `/groups/${ROOT}/members/$ref`, reference(user(6)));
    await system.change('DELETE', membership(ROOT, user(2)));
    await system.change('DELETE', `/users/${user(4)}`);
    const before = await everything(system);

    const ended = await preview(system);

    expect(standings(system.watched.proposals)).toEqual([
      `${user(2)} emitted left`,
      `${user(3)} emitted active`,
      `${user(4)} unconfirmed deleted`,
      `${user(6)} emitted active`,
    ]);
    expect(ended?.counts).toMatchObject({ emitted: 3, held: 0 });
    expect(await everything(system)).toEqual(before);
    expect([...system.watched.published.keys()].sort()).toEqual(['directory.proposals', 'sync.requests']);

    // As the full run does change it, and to the same.
    const proposed = system.watched.proposals.filter(({ standing }) => standing === 'emitted');
    await system.request({ mode: 'full', requestId: 'for real' });
    await system.settled();
    expect(wantedIn(system.watched.states)).toEqual(wantedIn(proposed.map(({ state }) => state)));
    expect(await everything(system)).not.toEqual(before);
    const missing = await system.stores.people.find({ missingSince: { $ne: null } }).lean();
    expect(missing.map(({ personId }) => personId)).toEqual([user(4)]);
  });

  it('says who would be held, and why, without holding anybody', async () => {
    await system.change('DELETE', `/groups/${ROOT}/members/${group(1)}/$ref`);
    const before = await everything(system);

    const ended = await preview(system);

    const held = system.watched.proposals.filter(({ standing }) => standing === 'held');
    expect(held.map(({ state }) => state.personId).sort()).toEqual(leavers.map(user));
    expect(new Set(held.map(({ reason }) => reason))).toEqual(
      new Set([expect.stringMatching(/^13 people would be deactivated/)]),
    );
    expect(ended?.counts).toMatchObject({ held: 12 });
    expect(await everything(system)).toEqual(before);
    expect(await system.stores.heldSets.find().lean()).toEqual([]);

    await system.request({ mode: 'full', requestId: 'for real again' });
    await system.settled();
    expect(await system.stores.heldSets.find().lean()).toHaveLength(1);
  });

  it('leaves nothing of a copy that a dead process left', async () => {
    await system.connection.collection('preview.personRecords').insertOne({
      _id: 'left behind' as never,
      organisationId: system.organisation.id,
    });

    await preview(system);

    expect(Object.keys(await everything(system)).filter((name) => name.startsWith('preview.'))).toEqual([]);
  });
});
