import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aDirectory, aGroup, aUser, group, ROOT, user } from '../support/company.ts';
import { membership, reference } from '../support/graph-driver.ts';
import { startSystem, type System } from '../support/start-system.ts';

const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => user(from + n));
const atFirst = ids(1, 10);
const newcomers = ids(11, 31);

jest.setTimeout(60_000);

describe('additions over a limit', () => {
  let system: System;

  beforeEach(async () => {
    const users = [...atFirst, ...newcomers].map((_, n) => aUser(n + 1));
    const groups = [aGroup(0, atFirst), aGroup(1, newcomers), aGroup(2, newcomers.slice(0, 20))];
    system = await startSystem({ directory: aDirectory(users, groups) });
    await system.start();
    await system.settled();
  });
  afterEach(() => system.close());

  const nest = async (groupId: string) => {
    await system.change('POST', `/groups/${ROOT}/members/$ref`, reference(groupId));
    await system.hint({ kind: 'groups', objectId: ROOT });
    await system.settled();
  };
  const unnest = async (groupId: string) => {
    await system.change('DELETE', membership(ROOT, groupId));
    await system.hint({ kind: 'groups', objectId: ROOT });
    await system.settled();
  };
  const say = async (mode: 'approve' | 'reject', personIds: string[]) => {
    await system.request({ mode, personIds, requestId: `r${Math.random()}`, requestedBy: 'olga' });
    await system.settled();
  };
  const heldSet = () => system.stores.heldSets.findById(system.organisation.id).lean();

  it('are none at the first run, however many there are', async () => {
    expect(await system.active()).toEqual(atFirst);
    expect(await heldSet()).toBeNull();
  });

  it('wait for approval, and only the approved come', async () => {
    await nest(group(1));
    expect(await system.active()).toEqual(atFirst);
    expect((await heldSet())?.reason).toMatch(/^21 people would be added where 10 were active/);

    await say('approve', newcomers.slice(0, 3));

    expect(await system.active()).toEqual([...atFirst, ...newcomers.slice(0, 3)]);
    expect(await heldSet()).not.toBeNull();
  });

  it('come at once while they are few', async () => {
    await nest(group(2));

    expect(await system.active()).toEqual([...atFirst, ...newcomers.slice(0, 20)]);
  });

  it('are held by a full run as well, and approved again only as long as they are in the group', async () => {
    await nest(group(1));
    await system.request({ mode: 'full', requestId: 'again' });
    await system.settled();
    expect(await system.active()).toEqual(atFirst);

    await system.change('DELETE', membership(group(1), user(11)));
    await say('approve', newcomers);

    expect(await system.active()).toEqual([...atFirst, ...newcomers.slice(1)]);
    expect(await heldSet()).toBeNull();
  });

  it('are over when the people are out of the group again', async () => {
    await nest(group(1));
    await unnest(group(1));

    expect(await heldSet()).toBeNull();
    expect(await system.active()).toEqual(atFirst);
  });

  it('stay away once they are rejected', async () => {
    await nest(group(1));
    await say('reject', newcomers);
    await system.request({ mode: 'full', requestId: 'again' });
    await system.settled();

    expect(await system.active()).toEqual(atFirst);
    expect(await heldSet()).toBeNull();
  });

  it('hold every removal while they wait', async () => {
    await nest(group(1));
    await system.change('DELETE', membership(ROOT, user(1)));
    await system.hint({ kind: 'groups', objectId: ROOT });
    await system.settled();
    expect(await system.active()).toEqual(atFirst);

    await say('approve', [user(1)]);
    expect(await system.active()).toEqual(atFirst.slice(1));
  });
});
