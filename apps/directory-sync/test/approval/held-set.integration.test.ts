import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aDirectory, aGroup, aUser, ROOT, user } from '../support/company.ts';
import { membership, reference } from '../support/graph-driver.ts';
import { startSystem, type System } from '../support/start-system.ts';

const HOUR = 3_600_000;
const everybody = Array.from({ length: 12 }, (_, n) => user(n + 1));
const six = everybody.slice(0, 6);
const others = everybody.slice(6);

jest.setTimeout(60_000);

describe('removals over a limit', () => {
  let system: System;

  beforeEach(async () => {
    const users = everybody.map((_, n) => aUser(n + 1));
    system = await startSystem({ directory: aDirectory(users, [aGroup(0, everybody)]) });
    await system.start();
    await system.settled();
  });
  afterEach(() => system.close());

  const leave = async (...personIds: readonly string[]) => {
    for (const personId of personIds) await system.change('DELETE', membership(ROOT, personId));
    await system.hint({ kind: 'groups', objectId: ROOT });
    await system.settled();
  };
  const comeBack = async (personId: string) => {
    await system.change('POST', `/groups/${ROOT}/members/$ref`, reference(personId));
    await system.hint({ kind: 'groups', objectId: ROOT });
    await system.settled();
  };
  const say = async (mode: 'approve' | 'reject', ...personIds: string[]) => {
    await system.request({ mode, personIds, requestId: `r${Math.random()}`, requestedBy: 'olga' });
    await system.settled();
  };
  const syncAll = async () => {
    await system.request({ mode: 'full', requestId: `r${Math.random()}` });
    await system.settled();
  };
  const heldSet = () => system.stores.heldSets.findById(system.organisation.id).lean();

  it('deactivates nobody before approval, and exactly the approved ones after', async () => {
    await leave(...six);
    expect(await system.active()).toEqual(everybody);
    expect((await heldSet())?.reason).toMatch(/^6 people would be deactivated where 12 were active/);

    await say('approve', ...six);

    expect(await system.active()).toEqual(others);
    const removals = system.watched.states.flatMap(({ removal }) => removal ?? []);
    expect(removals).toHaveLength(6);
    for (const removal of removals) expect(removal).toMatchObject({ cause: 'left', approvedBy: 'olga' });
    expect(await heldSet()).toBeNull();
  });

  it('lets everything else go on meanwhile', async () => {
    await leave(...six);

    await system.change('PATCH', `/users/${user(12)}`, { jobTitle: 'Pilot' });
    await system.hint({ kind: 'users', objectId: user(12) });
    await system.settled();

    expect((await system.learner(user(12)))?.fields.jobTitle).toBe('Pilot');
  });

  it('holds every cause, by delta and by full runs alike', async () => {
    for (const personId of six) await system.change('PATCH', `/users/${personId}`, { accountEnabled: false });
    await syncAll();
    expect(await system.active()).toEqual(everybody);

    await leave(user(7));
    expect(await system.active()).toEqual(everybody);

    await say('approve', ...six, user(7));
    expect(await system.active()).toEqual(others.slice(1));
  });

  it('holds a slow bleed: the sixth who leaves within a day, and not the one who leaves after it', async () => {
    for (const personId of six.slice(0, 5)) await leave(personId);
    expect(await system.active()).toEqual(everybody.slice(5));

    await leave(user(6));
    expect(await system.active()).toContain(user(6));
    await say('approve', user(6));

    system.advance(25 * HOUR);
    await leave(user(7));
    expect(await system.active()).toEqual(everybody.slice(7));
  });

  it('keeps whom somebody rejected until their membership changes', async () => {
    await leave(...six);
    await say('reject', ...six);
    await syncAll();
    expect(await system.active()).toEqual(everybody);

    await comeBack(user(1));
    await leave(user(1));
    expect(await system.active()).toEqual(everybody.slice(1));
  });

  it('proves an approved removal again: who came back meanwhile stays', async () => {
    await leave(...six);
    await system.change('POST', `/groups/${ROOT}/members/$ref`, reference(user(1)));

    await say('approve', ...six);

    expect(await system.active()).toEqual([user(1), ...others]);
  });

  it('lets whoever comes back out of the set, and closes it when nobody is left', async () => {
    await leave(...six);
    for (const personId of six) await comeBack(personId);

    expect(await heldSet()).toBeNull();
    await leave(user(12));
    expect(await system.active()).toEqual(everybody.slice(0, 11));
  });

  it('goes on after the service was killed while people were held', async () => {
    await leave(...six);
    await system.stop();
    await system.start();
    await system.settled();
    expect(await system.active()).toEqual(everybody);

    await say('approve', user(1), user(2));
    expect(await system.active()).toEqual(everybody.slice(2));
  });
});
