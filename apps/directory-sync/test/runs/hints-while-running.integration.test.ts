import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { topics } from '@learnamp/contracts';
import { user } from '../support/company.ts';
import { startSystem, type System } from '../support/start-system.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

describe('what happens while a delta run goes on', () => {
  let system: System;

  beforeAll(async () => {
    system = await startSystem();
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());

  const titleOf = async (n: number) => (await system.learner(user(n)))?.fields.jobTitle;
  const setTitle = (n: number, jobTitle: string) => system.change('PATCH', `/users/${user(n)}`, { jobTitle });
  const hint = (n: number) => system.hint({ kind: 'users', objectId: user(n) });

  it('does not lose the second of two changes of one person, hinted after the round was read', async () => {
    let second: Promise<void> | undefined;
    system.watched.beforePublish = async (records) => {
      if (second || !records.some(({ topic, key }) => topic === topics.directoryUsers.name && key.endsWith(user(3))))
        return;
      second = setTitle(3, 'Second').then(() => hint(3));
      await second;
      // The hint has to be merged before the run ends.
      await until('the hint is merged', async () => {
        const record = await system.stores.workRecords.findById(system.organisation.id).lean();
        return record?.hints.userIds.includes(user(3)) === true;
      });
    };
    await setTitle(3, 'First');
    await hint(3);
    await system.settled();

    expect(second).toBeDefined();
    expect(await titleOf(3)).toBe('Second');
  });

  it('reads again who could not be read, although the round is over', async () => {
    let refused = 0;
    system.faults.beforeRequest = ({ template }) => {
      if (template !== 'GET /users' || refused > 0) return undefined;
      refused += 1;
      return { status: 403 };
    };
    await setTitle(4, 'Archivist');
    await hint(4);
    await system.settled();
    system.faults.beforeRequest = undefined;

    expect(refused).toBe(1);
    expect(await titleOf(4)).toBe('Archivist');
    expect((await system.stores.workRecords.findById(system.organisation.id).lean())?.peopleToRead).toEqual([]);
  });

  it('asks again, twice, when a hinted round comes back empty because a replica lags', async () => {
    let lagging = 0;
    system.faults.beforeRequest = ({ template }) => {
      if (template !== 'GET /users/delta' || lagging > 1) return undefined;
      lagging += 1;
      return { lag: { changes: 1 } };
    };
    await setTitle(1, 'Late');
    await hint(1);
    await system.settled();
    system.faults.beforeRequest = undefined;

    expect(lagging).toBe(2);
    expect(await titleOf(1)).toBe('Late');
  });

  it('keeps the hints of a run that failed', async () => {
    let failed = 0;
    system.faults.beforeRequest = ({ template }) => {
      if (template !== 'GET /users/delta' || failed > 0) return undefined;
      failed += 1;
      return { status: 403 };
    };
    await setTitle(2, 'Returned');
    await hint(2);
    await system.settled();
    system.faults.beforeRequest = undefined;

    expect(failed).toBe(1);
    expect(await titleOf(2)).toBe('Returned');
  });
});
