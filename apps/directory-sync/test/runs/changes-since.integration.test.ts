import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { user } from '../support/company.ts';
import { startSystem, type System } from '../support/start-system.ts';

jest.setTimeout(60_000);

const QUARTER = 15 * 60_000;

describe('since when the changes could have been there that a run follows', () => {
  let system: System;

  beforeAll(async () => {
    system = await startSystem();
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());
  beforeEach(() => {
    system.watched.markers.length = 0;
  });

  const setTitle = (n: number, jobTitle: string) => system.change('PATCH', `/users/${user(n)}`, { jobTitle });
  const ofDelta = () =>
    system.watched.markers
      .filter(({ mode, stage }) => mode === 'delta' && stage === 'finished')
      .map(({ trigger, changesSince }) => [trigger, changesSince] as const);
  const followedUntil = async () =>
    (await system.stores.workRecords.findById(system.organisation.id).lean())?.followedUntil ?? null;

  it('is told by no full run', async () => {
    await system.request({ mode: 'full', requestId: 'everything' });
    await system.settled();

    const full = system.watched.markers.filter(({ mode }) => mode === 'full');
    expect(full.map(({ stage }) => stage)).toContain('finished');
    expect(full.filter(({ changesSince }) => changesSince !== undefined)).toEqual([]);
  });

  it('is when the first of its notifications came', async () => {
    await setTitle(1, 'Weaver');
    const before = system.now();
    await system.hint({ kind: 'users', objectId: user(1) });
    await system.settled();

    const [[trigger, since] = []] = ofDelta();
    expect(trigger).toBe('notification');
    const at = new Date(since ?? 0).getTime();
    expect(at).toBeGreaterThanOrEqual(before.getTime());
    expect(at).toBeLessThanOrEqual(system.now().getTime());
  });

  it('is when the round before began, where a timer follows what nobody told of', async () => {
    const before = await followedUntil();
    await setTitle(2, 'Spinner');
    system.advance(QUARTER + 1000);
    await system.settled();

    expect(before).not.toBeNull();
    // Groups that were new at the first full run are looked at again by the same round.
    const [[trigger, since] = []] = ofDelta();
    expect(['schedule', 'new groups']).toContain(trigger);
    expect(since).toBe(before?.toISOString());
    expect((await followedUntil())?.getTime()).toBeGreaterThanOrEqual((before?.getTime() ?? 0) + QUARTER);
  });

  it('is still when it was told where replicas showed it only to the round that was repeated', async () => {
    let lagging = 0;
    system.faults.beforeRequest = ({ template }) => {
      if (template !== 'GET /users/delta' || lagging > 0) return undefined;
      lagging += 1;
      return { lag: { changes: 1 } };
    };
    await setTitle(3, 'Late');
    await system.hint({ kind: 'users', objectId: user(3) });
    await system.settled();
    system.faults.beforeRequest = undefined;

    const told = ofDelta();
    expect(lagging).toBe(1);
    expect(told.map(([trigger]) => trigger)).toEqual(['notification', 'schedule']);
    expect(told[1]?.[1]).toBe(told[0]?.[1]);
  });
});
