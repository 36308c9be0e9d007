import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { FaultRequest } from '@learnamp/entra-emulator';
import { aCompany, aGroup, aUser, group, noLimits, ROOT, user } from '../support/company.ts';
import { reference } from '../support/graph-driver.ts';
import { startSystem, type System } from '../support/start-system.ts';

jest.setTimeout(120_000);

const MINUTE = 60_000;
const timings = { secondLookAfter: MINUTE / 2 };

describe('a list of members that is shorter than Graph’s own count', () => {
  let system: System;
  afterEach(() => system.close());

  const open = async () => {
    system = await startSystem({ timings, provisioning: { limits: noLimits } });
    await system.start();
  };
  const isListOf = (groupId: string, { template, url }: FaultRequest) =>
    template === 'GET /groups/{group}/members' && url.includes(groupId);
  const isCount = ({ template }: FaultRequest) => template === 'GET /groups/{group}/members/$count';
  const passMinutes = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      system.advance(MINUTE);
      await system.settled();
    }
  };

  /** Says nothing the first two times: the run's reading, and the one half a minute later. */
  const emptyTwice = (isMet: (request: FaultRequest) => boolean, count: boolean) => {
    let left = 2;
    system.faults.beforeRequest = (request) => {
      if (!count && isCount(request)) return { status: 403, code: 'Authorization_RequestDenied' };
      return isMet(request) && (left -= 1) >= 0 ? { emptyAnswer: true } : undefined;
    };
  };

  it('is read again in minutes, so that who is below is found although it was empty twice', async () => {
    await startEmptyTwice(true);
    expect(await system.active()).toContain(user(4));
  });

  it('would agree with itself where nothing is counted, and who is below would be missed', async () => {
    await startEmptyTwice(false);
    expect(await system.active()).not.toContain(user(4));
  });

  async function startEmptyTwice(count: boolean) {
    system = await startSystem({ timings, provisioning: { limits: noLimits } });
    emptyTwice((request) => isListOf(group(2), request), count);
    await system.start();
    await system.settled();
    expect(await system.active()).not.toContain(user(4));
    await passMinutes(7);
  }

  it('takes nobody out of the tree, and asks about nobody', async () => {
    await open();
    await system.settled();
    let asked = 0;
    system.faults.beforeRequest = (request) => {
      if (request.template === 'POST /users/{user}/checkMemberGroups') asked += 1;
      return isListOf(group(1), request) ? { emptyAnswer: true } : undefined;
    };
    await system.request({ mode: 'full', requestId: 'short' });
    await system.settled();

    const node = await system.stores.groupNodes
      .findOne({ groupId: group(1) })
      .lean()
      .orFail();
    expect([node.userIds, node.groupIds, node.shortage?.by]).toEqual([[user(3)], [group(2)], 2]);
    expect(asked).toBe(0);
    expect(await system.active()).toEqual([1, 2, 3, 4].map(user));

    system.faults.beforeRequest = undefined;
    await passMinutes(6);
    expect(
      (
        await system.stores.groupNodes
          .findOne({ groupId: group(1) })
          .lean()
          .orFail()
      ).shortage,
    ).toBeNull();
  });

  it('is believed when it is as short half an hour later', async () => {
    await open();
    await system.settled();
    system.faults.beforeRequest = (request) => (isListOf(group(2), request) ? { emptyAnswer: true } : undefined);
    await system.request({ mode: 'full', requestId: 'short for good' });
    await system.settled();
    await passMinutes(20);
    const node = () =>
      system.stores.groupNodes
        .findOne({ groupId: group(2) })
        .lean()
        .orFail();
    expect((await node()).userIds).toEqual([user(4)]);

    await passMinutes(20);
    expect(await node()).toMatchObject({ userIds: [], shortage: { by: 2, believed: true } });
  });
});

describe('a group that a delta round tells of', () => {
  it('has its name at once, and another one when it is renamed', async () => {
    const { users, groups, ...company } = aCompany();
    const directory = {
      ...company,
      users: [...users, aUser(7)],
      groups: [...groups, aGroup(3, [user(7), group(4)]), aGroup(4, [])],
    };
    const system = await startSystem({ directory, provisioning: { limits: noLimits } });
    try {
      await system.start();
      await system.settled();
      await system.change('POST', `/groups/${ROOT}/members/$ref`, reference(group(3)));
      await system.hint({ kind: 'groups', objectId: ROOT });
      await system.settled();
      const nameOf = async (id: string) =>
        (await system.stores.groupNodes.findOne({ groupId: id }).lean())?.displayName;
      expect([await nameOf(group(3)), await nameOf(group(4))]).toEqual(['Group 3', 'Group 4']);

      await system.change('PATCH', `/groups/${group(3)}`, { displayName: 'Renamed' });
      await system.hint({ kind: 'groups', objectId: group(3) });
      await system.settled();
      expect(await nameOf(group(3))).toBe('Renamed');
    } finally {
      await system.close();
    }
  });
});
