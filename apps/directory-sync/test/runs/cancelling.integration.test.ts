import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { previewMarker, runMarker } from '@learnamp/contracts';
import type { WorkRecord } from '@learnamp/sync-state';
import { aDirectory, aGroup, aUser, group, noLimits, user } from '../support/company.ts';
import { membership, reference } from '../support/graph-driver.ts';
import { startSystem, type System } from '../support/start-system.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

const MINUTE = 60_000;

/** More than one step of a full run. */
const PEOPLE = 620;
const people = Array.from({ length: PEOPLE }, (_, n) => n + 1);

/** Does something when a run first says `step`, before it goes on. Its end says the step that it came to, too. */
function when({ watched }: System, step: string, act: (runId: string) => Promise<unknown>): void {
  let acted = false;
  watched.beforePublish = async (records) => {
    const told = records
      .filter(({ headers }) => [runMarker.type, previewMarker.type].some((type) => headers?.['ce_type'] === type))
      .map(({ value }) => String(value))
      .find((marker) => marker.includes(step) && marker.includes('"stage":"progressed"'));
    if (acted || !told) return;
    acted = true;
    await act((JSON.parse(told) as { runId: string }).runId);
  };
}

describe('a run that somebody cancels', () => {
  let system: System;

  beforeAll(async () => {
    const directory = aDirectory(
      people.map((n) => aUser(n)),
      [aGroup(0, [...people.slice(0, -1).map(user), group(1)]), aGroup(1, [user(PEOPLE)])],
    );
    const timings = { progressEvery: 0 };
    system = await startSystem({ directory, provisioning: { limits: noLimits, photos: false }, timings });
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());
  beforeEach(async () => {
    await system.settled();
    system.watched.beforePublish = () => Promise.resolve();
    for (const list of [system.watched.markers, system.watched.states, system.watched.proposals]) list.length = 0;
  });

  const record = (): Promise<WorkRecord> => system.stores.workRecords.findById(system.organisation.id).lean().orFail();
  const stages = (requestId: string) =>
    system.watched.markers
      .filter(({ requestIds, stage }) => requestIds.includes(requestId) && stage !== 'progressed')
      .map(({ stage }) => stage);
  const endOf = (requestId: string) =>
    system.watched.markers.find(
      ({ requestIds, stage }) => requestIds.includes(requestId) && stage !== 'progressed' && stage !== 'started',
    );
  const ended = (requestId: string) => until(`${requestId} ends`, () => endOf(requestId) !== undefined);
  const cancel = async (cancels: string) => {
    await system.request({ mode: 'cancel', cancels, requestId: `cancel of ${cancels}`, requestedBy: 'otto' });
    const id = `cancel of ${cancels}`;
    // It has to be there before the run comes to its next safe point.
    await until('the cancel is merged', async () =>
      (await record()).requests.some(({ requestId }) => requestId === id),
    );
  };
  const at = (step: string, act: (runId: string) => Promise<unknown>) => when(system, step, act);
  const title = (n: number, jobTitle: string) => system.change('PATCH', `/users/${user(n)}`, { jobTitle });
  const titleOf = async (n: number) => (await system.learner(user(n)))?.fields.jobTitle;
  const first = 1;
  /** Of the last step, in the order in which the tree has them. */
  const last = PEOPLE;

  it('ends as cancelled at the next safe point, with who asked, and what it emitted stays', async () => {
    await title(first, 'Emitted');
    await title(last, 'Not yet');
    at('"syncing people","done":600', (runId) => cancel(runId));
    await system.request({ mode: 'full', requestId: 'a' });
    await ended('a');
    await system.settled();

    expect(stages('a')).toEqual(['started', 'cancelled']);
    expect(endOf('a')).toMatchObject({ cancelledBy: 'otto', requestedBy: 'olga', counts: { emitted: 1 } });
    expect([await titleOf(first), await titleOf(last)]).toEqual(['Emitted', null]);
    expect(await record()).toMatchObject({ requests: [], running: [], failures: 0 });
  });

  it('is made up for by the next one that somebody asks for', async () => {
    await system.request({ mode: 'full', requestId: 'b' });
    await ended('b');
    await system.settled();

    expect(stages('b')).toEqual(['started', 'finished']);
    expect([await titleOf(first), await titleOf(last)]).toEqual(['Emitted', 'Not yet']);
  });

  it('is made up for by itself a quarter of an hour later, where a full run had read the groups', async () => {
    await title(last, 'By itself');
    at('"syncing people","done":600', (runId) => cancel(runId));
    await system.request({ mode: 'full', requestId: 'c' });
    await ended('c');
    await system.settled();
    const due = (await record()).nextFullAt.getTime() - system.now().getTime();
    system.watched.markers.length = 0;

    system.advance(15 * MINUTE);
    await until('a full run ends', () =>
      system.watched.markers.some(({ mode, stage }) => mode === 'full' && stage === 'finished'),
    );
    await system.settled();

    expect(due).toBeGreaterThan(14 * MINUTE);
    expect(await titleOf(last)).toBe('By itself');
  });

  it('removes nobody after it was cancelled, and whoever left is deactivated by the next run', async () => {
    await system.change('DELETE', membership(group(1), user(last)));
    at('"checking leavers"', (runId) => cancel(runId));
    await system.request({ mode: 'full', requestId: 'd' });
    await ended('d');
    await system.settled();
    expect([stages('d').at(-1), (await system.learner(user(last)))?.active]).toEqual(['cancelled', true]);

    await system.request({ mode: 'full', requestId: 'e' });
    await ended('e');
    await system.settled();
    expect([stages('e').at(-1), (await system.learner(user(last)))?.active]).toEqual(['finished', false]);
    await system.change('POST', `/groups/${group(1)}/members/$ref`, reference(user(last)));
    await system.request({ mode: 'delta', requestId: 'back' });
    await ended('back');
    await system.settled();
    expect((await system.learner(user(last)))?.active).toBe(true);
  });

  it('is cancelled for everybody whose request it had joined, and not for who asks afterwards', async () => {
    at('"syncing people","done":600', async (runId) => {
      await system.request({ mode: 'full', requestId: 'joined' });
      await cancel(runId);
      await system.request({ mode: 'full', requestId: 'afterwards' });
      await until('all are merged', async () => (await record()).requests.length === 4);
    });
    await system.request({ mode: 'full', requestId: 'f' });
    await ended('f');
    await ended('afterwards');

    expect(endOf('f')).toMatchObject({ stage: 'cancelled', requestIds: expect.arrayContaining(['f', 'joined']) });
    expect(stages('joined').at(-1)).toBe('cancelled');
    expect(endOf('f')?.requestIds).not.toContain('afterwards');
    expect(endOf('afterwards')).toMatchObject({ stage: 'finished' });
  });

  it('keeps the delta links that it had, so that a cancelled delta run is followed by one that tells the same', async () => {
    const links = () => system.stores.deltaLinks.find({}, { link: 1 }).sort({ _id: 1 }).lean();
    await title(first, 'Followed');
    const before = await links();
    at('"following changes"', (runId) => cancel(runId));
    await system.request({ mode: 'delta', requestId: 'g' });
    await ended('g');
    await system.settled();
    expect([stages('g').at(-1), await titleOf(first), await links()]).toEqual(['cancelled', 'Emitted', before]);

    await system.request({ mode: 'delta', requestId: 'h' });
    await ended('h');
    await system.settled();
    expect([stages('h').at(-1), await titleOf(first)]).toEqual(['finished', 'Followed']);
    expect(await links()).not.toEqual(before);
  });

  it('is not the one that goes on around it: a delta run between the steps of a full one ends alone', async () => {
    at('"syncing people","done":600', async () => {
      await title(first, 'Between');
      at('"following changes"', (runId) => cancel(runId));
      await system.request({ mode: 'delta', requestId: 'inner' });
      await until('it waits', async () => (await record()).requests.some(({ mode }) => mode === 'delta'));
    });
    await system.request({ mode: 'full', requestId: 'outer' });
    await ended('outer');
    await system.settled();

    expect([stages('inner').at(-1), stages('outer').at(-1)]).toEqual(['cancelled', 'finished']);
  });

  it('leaves no copies where it was a preview', async () => {
    at('"syncing people","done":600', (runId) => cancel(runId));
    await system.request({ mode: 'preview', requestId: 'p' });
    await ended('p');
    await system.settled();

    expect(endOf('p')).toMatchObject({ mode: 'preview', stage: 'cancelled', cancelledBy: 'otto' });
    const collections = (await system.connection.db?.listCollections().toArray()) ?? [];
    const copies = collections.filter(({ name }) => name.toLowerCase().includes('preview'));
    const left = await Promise.all(copies.map(({ name }) => system.connection.collection(name).countDocuments()));
    expect(left.reduce((sum, count) => sum + count, 0)).toBe(0);
    expect(copies.length).toBeGreaterThan(0);
  });

  it('is told as a run where it still waited for its turn, and never begins', async () => {
    at('"syncing people","done":600', async () => {
      await system.request({ mode: 'preview', requestId: 'waiting' });
      await cancel('waiting');
    });
    await system.request({ mode: 'full', requestId: 'i' });
    await ended('i');
    await system.settled();

    expect(stages('waiting')).toEqual(['cancelled']);
    expect(endOf('waiting')).toMatchObject({ runId: 'waiting', cancelledBy: 'otto', requestedBy: 'olga' });
    expect(stages('i').at(-1)).toBe('finished');
  });

  it('changes nothing where it is over already, or never was', async () => {
    await system.request({ mode: 'full', requestId: 'over' });
    await ended('over');
    await system.settled();
    const runId = endOf('over')?.runId ?? '';
    system.watched.markers.length = 0;

    for (const cancels of [runId, 'nobody knows'])
      await system.request({ mode: 'cancel', cancels, requestId: cancels });
    await until('they are dropped', async () => system.watched.allConsumed() && (await record()).requests.length === 0);
    await system.settled();

    expect(system.watched.markers).toEqual([]);
  });

  it('is closed as cancelled by the next worker where its own died first', async () => {
    const { id } = system.organisation;
    const run = { runId: 'dead', mode: 'full', trigger: 'request', requestedBy: 'olga', requestIds: ['j'] } as const;
    const asked = { requestId: 'j', mode: 'full', personId: null, requestedBy: 'olga' } as const;
    await system.stores.workRecords.updateOne({ _id: id }, { $push: { running: run, requests: asked } });

    await system.request({ mode: 'cancel', cancels: 'dead', requestId: 'k', requestedBy: 'otto' });
    await ended('j');
    await system.settled();

    expect(stages('j')).toEqual(['cancelled']);
    expect(await record()).toMatchObject({ requests: [], running: [] });
  });

  it('is parked as unreadable where it names no run', async () => {
    await system.request({ mode: 'cancel', requestId: 'names nothing' });
    await until('it is consumed', () => system.watched.allConsumed());

    expect((await record()).requests).toEqual([]);
  });
});

describe('a preview that somebody cancels while provisioning is off', () => {
  let system: System;

  beforeAll(async () => {
    system = await startSystem({ provisioning: { enabled: false } });
    await system.start();
  });
  afterAll(() => system.close());

  it('ends as cancelled, and the one that is asked for next comes to its end', async () => {
    const ended = (stage: string, requestId: string) =>
      until(`${requestId} is ${stage}`, () =>
        system.watched.markers.some((marker) => marker.stage === stage && marker.requestIds.includes(requestId)),
      );
    when(system, '"syncing people"', (runId) => system.request({ mode: 'cancel', cancels: runId, requestId: 'c' }));
    await system.request({ mode: 'preview', requestId: 'not wanted' });
    await ended('cancelled', 'not wanted');

    await system.request({ mode: 'preview', requestId: 'wanted' });
    await ended('finished', 'wanted');
    await until('the organisation rests', async () => {
      const record = await system.stores.workRecords.findById(system.organisation.id).lean();
      return record?.requests.length === 0 && record.pausedUntil > system.now();
    });
    expect(system.watched.states).toEqual([]);
  });
});
