import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { user } from '../support/company.ts';
import { startSystem, type System } from '../support/start-system.ts';

const MINUTE = 60_000;

jest.setTimeout(60_000);

describe('a person who is deleted in the directory', () => {
  let system: System;

  beforeAll(async () => {
    system = await startSystem();
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());
  beforeEach(() => {
    system.watched.states.length = 0;
    system.watched.markers.length = 0;
  });

  const deleteUser = async (n: number) => {
    await system.change('DELETE', `/users/${user(n)}`);
    await system.hint({ kind: 'users', objectId: user(n) });
    await system.settled();
  };
  const pass = async (ms: number) => {
    system.advance(ms);
    await system.settled();
  };
  const recordOf = (n: number) => system.stores.people.findById(`${system.organisation.id}:${user(n)}`).lean();

  it('is deactivated by a second 404, minutes after the first, and by no earlier one', async () => {
    await deleteUser(4);
    await system.request({ mode: 'full', requestId: 'soon after' });
    await system.settled();
    expect(await system.active()).toContain(user(4));

    await pass(4 * MINUTE);

    const learner = await system.learner(user(4));
    expect(learner?.sources.microsoft).toMatchObject({ active: false, removal: { cause: 'deleted' } });
    expect(learner?.sources.microsoft?.removal?.proof).toMatch(/404 twice, \d+ seconds apart/);
  });

  it('comes back when it is restored', async () => {
    await system.change('POST', `/directory/deletedItems/${user(4)}/restore`);
    await system.hint({ kind: 'users', objectId: user(4) });
    await system.settled();

    expect(await system.active()).toContain(user(4));
  });

  it('stays when it is restored before the second question', async () => {
    await deleteUser(3);
    await system.change('POST', `/directory/deletedItems/${user(3)}/restore`);
    await pass(4 * MINUTE);

    expect(system.watched.states.filter(({ active }) => !active)).toEqual([]);
    expect((await recordOf(3))?.missingSince).toBeNull();
  });

  it('is asked about a second time although whoever noted the first 404 died before they planned it', async () => {
    await deleteUser(1);
    await system.stores.workRecords.updateOne({}, { $set: { nextDeletionCheckAt: null } });
    await pass(4 * MINUTE);
    expect(await system.active()).toContain(user(1));

    await system.request({ mode: 'full', requestId: 'by the next holder' });
    await system.settled();
    await pass(4 * MINUTE);
    expect(await system.active()).not.toContain(user(1));
    await system.change('POST', `/directory/deletedItems/${user(1)}/restore`);
  });

  it('is not taken for deleted because a list left it out', async () => {
    let leftOut = 0;
    system.faults.beforeRequest = ({ template }) => {
      if (template !== 'GET /users' || leftOut > 0) return undefined;
      leftOut += 1;
      return { lag: { changes: 1_000 } };
    };
    await system.change('POST', '/users', {
      accountEnabled: true,
      displayName: 'New',
      mailNickname: 'new',
      userPrincipalName: 'new@contoso.example',
      passwordProfile: { password: 'Not-a-real-one-1!' },
    });
    await system.change('PATCH', `/users/${user(2)}`, { jobTitle: 'Here' });
    await system.hint({ kind: 'users', objectId: user(2) });
    await system.settled();
    system.faults.beforeRequest = undefined;

    expect((await recordOf(2))?.missingSince).toBeNull();
  });

  it('is asked about again after the same time, not at once, when the second question is refused', async () => {
    await deleteUser(2);
    let refused = 0;
    system.faults.beforeRequest = ({ template }) => {
      if (template !== 'GET /users/{user}') return undefined;
      refused += 1;
      return { status: 403 };
    };
    await pass(4 * MINUTE);
    expect(refused).toBe(1);
    expect(await system.active()).toContain(user(2));

    system.faults.beforeRequest = undefined;
    await pass(4 * MINUTE);
    expect(await system.active()).not.toContain(user(2));
  });
});
