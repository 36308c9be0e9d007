import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { group, ROOT, user } from '../support/company.ts';
import { reference } from '../support/graph-driver.ts';
import { startSystem, type System } from '../support/start-system.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

describe('delta links', () => {
  let system: System;

  beforeAll(async () => {
    system = await startSystem();
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());

  const links = () => system.stores.deltaLinks.find({ kind: 'groups' }).lean();
  const runFull = async (requestId: string) => {
    await system.request({ mode: 'full', requestId });
    await system.settled();
  };
  /** As if so many groups had been found one by one. */
  const fragment = async (count: number) => {
    const [one] = await links();
    const copies = Array.from({ length: count }, () => ({ ...one, _id: randomUUID() }));
    await system.stores.deltaLinks.insertMany(copies);
  };
  const followingRequests = async () => {
    const before = system.emulator.requests.total;
    await system.change('PATCH', `/users/${user(1)}`, { jobTitle: randomUUID() });
    await system.hint({ kind: 'users', objectId: user(1) });
    await system.settled();
    // The change itself is one of them.
    return system.emulator.requests.total - before - 1;
  };

  it('are all followed by one request, and the person who changed is read by another', async () => {
    expect((await links()).length).toBeGreaterThan(1);

    expect(await followingRequests()).toBe(2);
  });

  it('stay as they are while one request follows them, and are packed by the next full run when it does not', async () => {
    const few = (await links()).map(({ _id }) => _id);
    await runFull('few');
    expect((await links()).map(({ _id }) => _id)).toEqual(few);

    await fragment(20);
    expect(await followingRequests()).toBe(3);
    await runFull('many');

    const [packed, ...others] = await links();
    expect(others).toEqual([]);
    expect(packed?.groupIds.toSorted()).toEqual([ROOT, group(1), group(2)]);
    expect(await followingRequests()).toBe(2);
  });

  it('that were packed tell of who came, and their groups are read again when the replicas have caught up', async () => {
    await fragment(20);
    await runFull('again');
    const { groupsToCheck } = await system.stores.workRecords.findOne().lean().orFail();
    expect(groupsToCheck.toSorted()).toEqual([ROOT, group(1), group(2)]);

    await system.change('POST', `/groups/${group(2)}/members/$ref`, reference(user(6)));
    await system.hint({ kind: 'groups', objectId: group(2) });
    await system.settled();
    expect(await system.active()).toContain(user(6));
  });

  it('that were to be packed by a run that died stay, and the next run packs them', async () => {
    await fragment(20);
    system.faults.beforeRequest = ({ template }) =>
      template === 'GET /groups/{group}/members' ? { status: 403, code: 'Authorization_RequestDenied' } : undefined;
    await system.request({ mode: 'full', requestId: 'dies' });
    await until('the new links are taken', async () => (await links()).length > 21);
    system.faults.beforeRequest = undefined;
    await system.settled();

    expect(await links()).toHaveLength(1);
    expect(await followingRequests()).toBe(2);
  });
});
