import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { group, noLimits, user } from '../support/company.ts';
import { membership, reference } from '../support/graph-driver.ts';
import { startSystem, type System } from '../support/start-system.ts';

jest.setTimeout(60_000);

// Longer than a test takes, and far from the fallback.
const LAG_MS = 90_000;

describe('people who were read from a replica that lags', () => {
  let system: System;

  beforeAll(async () => {
    system = await startSystem({ timings: { secondLookAfter: LAG_MS }, provisioning: { limits: noLimits } });
    await system.start();
    await system.settled();
    system.advance(LAG_MS);
    await system.settled();
  });
  afterEach(() => {
    system.faults.beforeRequest = undefined;
  });
  afterAll(() => system.close());

  /** The last change of the directory is unknown to whoever answers these. */
  const lag = (...templates: string[]) => {
    system.faults.beforeRequest = ({ template }) =>
      templates.includes(template) ? { lag: { changes: 1 } } : undefined;
  };
  const hinted = async (kind: 'users' | 'groups', objectId: string) => {
    await system.hint({ kind, objectId });
    await system.settled();
  };
  const afterTheLag = async () => {
    system.faults.beforeRequest = undefined;
    system.advance(LAG_MS);
    await system.settled();
  };
  const titleOf = async (n: number) => (await system.learner(user(n)))?.fields.jobTitle;
  const managerOf = async (n: number) => (await system.learner(user(n)))?.sources.microsoft?.managerId;

  it('are read again when the replicas have caught up, without another round', async () => {
    lag('GET /users');
    await system.change('PATCH', `/users/${user(3)}`, { jobTitle: 'Late' });
    await hinted('users', user(3));
    expect(await titleOf(3)).toBeNull();

    system.watched.markers.length = 0;
    await afterTheLag();

    expect(await titleOf(3)).toBe('Late');
    expect(new Set(system.watched.markers.map(({ trigger }) => trigger))).toEqual(new Set(['second look']));
  });

  it('are added again who left by an outdated list and an outdated answer', async () => {
    await system.change('POST', `/groups/${group(2)}/members/$ref`, reference(user(6)));
    await hinted('groups', group(2));
    expect(await system.active()).toContain(user(6));

    const list = 'GET /groups/{group}/members';
    lag(list, `${list}/$count`, 'POST /users/{user}/checkMemberGroups');
    await system.request({ mode: 'full', requestId: 'outdated' });
    await system.settled();
    expect(await system.active()).not.toContain(user(6));
    await afterTheLag();

    expect(await system.active()).toContain(user(6));
  });

  it('are removed again who came back by an outdated list', async () => {
    await system.change('DELETE', membership(group(2), user(6)));
    await hinted('groups', group(2));
    expect(await system.active()).not.toContain(user(6));

    lag('GET /groups/{group}/members');
    await system.request({ mode: 'full', requestId: 'outdated again' });
    await system.settled();
    expect(await system.active()).toContain(user(6));
    await afterTheLag();

    expect(await system.active()).not.toContain(user(6));
  });

  it('lose a manager who is deleted, and get them back who is restored', async () => {
    expect(await managerOf(2)).toBe(user(1));

    await system.change('DELETE', `/users/${user(1)}`);
    await hinted('users', user(1));
    expect(await managerOf(2)).toBeNull();

    await system.change('POST', `/directory/deletedItems/${user(1)}/restore`, {});
    await hinted('users', user(1));
    expect(await managerOf(2)).toBe(user(1));
  });

  it('are told from others by the tree when a deleted account came back and left', async () => {
    await system.change('DELETE', `/users/${user(3)}`);
    await hinted('users', user(3));
    system.advance(200_000);
    await system.settled();
    expect(await system.active()).not.toContain(user(3));
    // A full run forgets where they were, and no row of a group tells that they are back there.
    await system.request({ mode: 'full', requestId: 'without them' });
    await system.settled();
    await system.change('POST', `/directory/deletedItems/${user(3)}/restore`, {});
    await hinted('users', user(3));
    expect(await system.active()).toContain(user(3));
    await afterTheLag();

    await system.change('DELETE', membership(group(1), user(3)));
    await hinted('groups', group(1));

    expect(await system.active()).not.toContain(user(3));
  });
});
