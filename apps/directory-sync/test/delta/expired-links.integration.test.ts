import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ROOT, user } from '../support/company.ts';
import { membership, reference } from '../support/graph-driver.ts';
import { startSystem, type System } from '../support/start-system.ts';

jest.setTimeout(60_000);

describe('an expired delta link', () => {
  let system: System;

  beforeAll(async () => {
    system = await startSystem();
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());
  beforeEach(() => {
    system.faults.beforeRequest = undefined;
    system.watched.beforePublish = () => Promise.resolve();
    system.watched.markers.length = 0;
  });

  const fullRuns = () =>
    system.watched.markers
      .filter(({ mode, stage }) => mode === 'full' && stage !== 'progressed')
      .map(({ stage }) => stage);
  /** The links that were taken before now have expired. */
  const expireOnce = () => {
    let expired = 0;
    system.faults.beforeRequest = ({ url }) => {
      if (!url.includes('/delta?') || url.includes('latest') || expired > 0) return undefined;
      expired += 1;
      return { status: 400, code: 'syncStateNotFound' };
    };
  };

  it('leads to a full run with new links, and nothing is lost', async () => {
    const before = await system.stores.deltaLinks.distinct('link');
    await system.change('POST', `/groups/${ROOT}/members/$ref`, reference(user(6)));
    expireOnce();
    await system.hint({ kind: 'groups', objectId: ROOT });
    await system.settled();

    expect(fullRuns()).toEqual(['started', 'finished']);
    expect(await system.active()).toContain(user(6));
    const after = await system.stores.deltaLinks.distinct('link');
    expect(after.filter((link) => before.includes(link))).toEqual([]);

    await system.change('DELETE', membership(ROOT, user(6)));
    await system.hint({ kind: 'groups', objectId: ROOT });
    await system.settled();
    expect(await system.active()).not.toContain(user(6));
  });

  it('that shows in the middle of a full run begins that run again, so that its links are new', async () => {
    let hinted: Promise<void> | undefined;
    system.watched.beforePublish = async (records) => {
      const value = records[0]?.value?.toString() ?? '';
      if (hinted || !value.includes('"reading groups"')) return;
      expireOnce();
      hinted = system.hint({ kind: 'users', objectId: user(1) });
      await hinted;
    };
    await system.request({ mode: 'full', requestId: 'the long one' });
    await system.settled();

    expect(hinted).toBeDefined();
    expect(fullRuns()).toEqual(['started', 'interrupted', 'started', 'finished']);
    expect(await system.stores.deltaLinks.countDocuments({ kind: 'users' })).toBe(1);
    await system.change('PATCH', `/users/${user(1)}`, { jobTitle: 'Followed' });
    await system.hint({ kind: 'users', objectId: user(1) });
    await system.settled();
    expect((await system.learner(user(1)))?.fields.jobTitle).toBe('Followed');
  });

  it('of other properties than are wanted now is followed until a full run has replaced it, and once more', async () => {
    const outdated = () => system.stores.deltaLinks.countDocuments({ selectHash: 'of an older release' });
    await system.stores.deltaLinks.updateMany({}, { $set: { selectHash: 'of an older release' } });
    await system.change('PATCH', `/users/${user(2)}`, { jobTitle: 'Told by the old link' });
    await system.hint({ kind: 'users', objectId: user(2) });
    await system.settled();

    expect(fullRuns()).toEqual(['started', 'finished']);
    expect(await outdated()).toBeGreaterThan(0);

    await system.change('PATCH', `/users/${user(1)}`, { jobTitle: 'Told by both' });
    await system.hint({ kind: 'users', objectId: user(1) });
    await system.settled();

    expect(await outdated()).toBe(0);
    expect(fullRuns()).toEqual(['started', 'finished']);
    expect((await system.learner(user(2)))?.fields.jobTitle).toBe('Told by the old link');
    expect((await system.learner(user(1)))?.fields.jobTitle).toBe('Told by both');
  });
});
