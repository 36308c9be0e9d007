import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aDirectory, aGroup, aUser, group, noLimits, user } from '../support/company.ts';
import { membership, reference } from '../support/graph-driver.ts';
import { startSystem, type System } from '../support/start-system.ts';

jest.setTimeout(60_000);

/** Five of the group in a tenant of eighty; the fifth is managed by the fiftieth, who is not in the group. */
const largeTenant = () =>
  aDirectory(
    Array.from({ length: 80 }, (_, n) => aUser(n + 1, n === 4 ? { manager: { id: user(50) } } : {})),
    [aGroup(0, [user(1), user(2), group(1)]), aGroup(1, [user(3), user(4), user(5)])],
  );

const SECOND_LOOK = 600_000;

describe('the delta links of a small group in a large tenant', () => {
  let system: System;

  beforeAll(async () => {
    system = await startSystem({ directory: largeTenant(), provisioning: { limits: noLimits } });
    await system.start();
    await settledTwice();
  });
  afterAll(() => system.close());
  beforeEach(() => {
    system.faults.beforeRequest = undefined;
    system.watched.states.length = 0;
    system.watched.markers.length = 0;
  });

  /** With the second look at whatever was read. */
  const settledTwice = async () => {
    await system.settled();
    system.advance(SECOND_LOOK);
    await system.settled();
  };
  const usersLinks = () => system.stores.deltaLinks.find({ kind: 'users' }).lean();
  const followed = async () => (await usersLinks()).flatMap(({ userIds = [] }) => userIds).toSorted();
  const hintUser = (id: string) => system.hint({ kind: 'users', objectId: id }).then(settledTwice);
  const hintGroup = (id: string) => system.hint({ kind: 'groups', objectId: id }).then(settledTwice);
  const managerOf = async (id: string) => (await system.learner(id))?.sources.microsoft?.managerId;
  const fullRuns = () => system.watched.markers.filter(({ mode }) => mode === 'full');
  const runFull = async (requestId: string) => {
    await system.request({ mode: 'full', requestId });
    await settledTwice();
  };

  it('follow its people and their managers, and nobody else', async () => {
    expect(await followed()).toEqual([1, 2, 3, 4, 5, 50].map(user));
    expect((await usersLinks()).filter(({ userIds }) => !userIds)).toEqual([]);
  });

  it('tell of a changed person, and ask nothing of Graph for strangers', async () => {
    await system.change('PATCH', `/users/${user(60)}`, { jobTitle: 'Stranger' });
    await system.change('PATCH', `/users/${user(3)}`, { jobTitle: 'Told' });
    await hintUser(user(3));

    expect((await system.learner(user(3)))?.fields.jobTitle).toBe('Told');
    expect(system.watched.states.map(({ personId }) => personId)).toEqual([user(3)]);
  });

  it('follow who comes into the group from then on', async () => {
    await system.change('POST', `/groups/${group(1)}/members/$ref`, reference(user(6)));
    await hintGroup(group(1));
    expect(await followed()).toContain(user(6));

    await system.change('PATCH', `/users/${user(6)}`, { jobTitle: 'Told by a link of their own' });
    await hintUser(user(6));
    expect((await system.learner(user(6)))?.fields.jobTitle).toBe('Told by a link of their own');
    expect(fullRuns()).toEqual([]);
  });

  it('tell of the deletion and the restoration of a manager who is not in the group', async () => {
    expect(await managerOf(user(5))).toBe(user(50));
    await system.change('DELETE', `/users/${user(50)}`);
    await hintUser(user(5));
    expect(await managerOf(user(5))).toBeNull();

    await system.change('POST', `/directory/deletedItems/${user(50)}/restore`, {});
    await hintUser(user(5));
    expect(await managerOf(user(5))).toBe(user(50));
  });

  it('follow a new manager who is not in the group', async () => {
    await system.change('PUT', `/users/${user(4)}/manager/$ref`, reference(user(51)));
    await hintUser(user(4));

    expect(await followed()).toContain(user(51));
    expect(await managerOf(user(4))).toBe(user(51));
    await system.change('DELETE', `/users/${user(51)}`);
    await hintUser(user(4));
    expect(await managerOf(user(4))).toBeNull();
  });

  it('tell of a deleted member, and of one who is restored after a full run has lost them', async () => {
    await system.change('DELETE', `/users/${user(2)}`);
    await hintUser(user(2));
    system.advance(200_000);
    await settledTwice();
    expect(await system.active()).not.toContain(user(2));
    await runFull('without the deleted one');

    await system.change('POST', `/directory/deletedItems/${user(2)}/restore`, {});
    await hintUser(user(2));
    expect(await system.active()).toContain(user(2));
  });

  it('still follow who left, and no full run is needed when they come back', async () => {
    await system.change('DELETE', membership(group(1), user(6)));
    await hintGroup(group(1));
    expect(await system.active()).not.toContain(user(6));
    await system.change('POST', `/groups/${group(1)}/members/$ref`, reference(user(6)));
    await hintGroup(group(1));

    expect(await system.active()).toContain(user(6));
    expect(fullRuns()).toEqual([]);
  });

  it('give way to one of the whole tenant when most of it is in the group, which is followed beside them once more', async () => {
    for (let n = 10; n < 60; n += 1)
      if (n !== 51) await system.change('POST', `/groups/${group(1)}/members/$ref`, reference(user(n)));
    await hintGroup(group(1));
    await system.request({ mode: 'full', requestId: 'most of it' });
    await system.settled();
    const links = await usersLinks();
    expect(links.filter(({ userIds }) => !userIds)).toHaveLength(1);
    expect(links.filter(({ userIds }) => userIds).every(({ replaced }) => replaced)).toBe(true);

    await system.change('PATCH', `/users/${user(3)}`, { jobTitle: 'Told by both' });
    await hintUser(user(3));
    expect((await system.learner(user(3)))?.fields.jobTitle).toBe('Told by both');
    expect(await followed()).toEqual([]);
  });
});
