import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Fault, FaultRequest } from '@learnamp/entra-emulator';
import { group, noLimits, ROOT, user } from '../support/company.ts';
import { membership, reference } from '../support/graph-driver.ts';
import { startSystem, type System } from '../support/start-system.ts';
import { until } from '../support/until.ts';

const everybody = [1, 2, 3, 4].map(user);
const readsMembersOf = (groupId: string) => (request: FaultRequest) =>
  request.method === 'GET' && request.url.startsWith(`/groups/${groupId}/members`);
const asksMembership = ({ url }: FaultRequest) => url.includes('checkMemberGroups');
const isFirstPage = ({ url }: FaultRequest) => !url.includes('skiptoken');
const anyMembers = ({ template }: FaultRequest) => template === 'GET /groups/{group}/members';

jest.setTimeout(60_000);

describe('a reading that goes wrong', () => {
  let system: System;

  beforeAll(async () => {
    system = await startSystem();
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());
  beforeEach(() => {
    system.watched.markers.length = 0;
    system.watched.states.length = 0;
  });
  afterEach(async () => {
    system.faults.beforeRequest = undefined;
    await system.settled();
  });

  /** Runs a full sync while requests that match go wrong; answers how many did. */
  const runFullWith = async (matches: (request: FaultRequest) => boolean, fault: Fault) => {
    let met = 0;
    system.faults.beforeRequest = (request) => {
      if (!matches(request)) return undefined;
      met += 1;
      return fault;
    };
    await system.request({ mode: 'full', requestId: `r${Math.random()}` });
    await until('the run came to an end', () =>
      system.watched.markers.some(({ mode, stage }) => mode === 'full' && ['finished', 'interrupted'].includes(stage)),
    );
    return met;
  };
  const deactivated = () => system.watched.states.filter(({ active }) => !active).map(({ personId }) => personId);

  it.each<[string, (request: FaultRequest) => boolean, Fault]>([
    ['a refused nested group', readsMembersOf(group(1)), { status: 403 }],
    ['a missing nested group', readsMembersOf(group(1)), { status: 404, code: 'Request_ResourceNotFound' }],
    ['a missing root group', readsMembersOf(ROOT), { status: 404, code: 'Request_ResourceNotFound' }],
    ['an empty first page', (request) => anyMembers(request) && isFirstPage(request), { emptyPage: true }],
    ['people who can not be read', ({ template }) => template === 'GET /users', { status: 403 }],
  ])('deactivates nobody: %s', async (_what, matches, fault) => {
    expect(await runFullWith(matches, fault)).toBeGreaterThan(0);

    expect(deactivated()).toEqual([]);
    expect(await system.active()).toEqual(everybody);
  });

  it('deactivates nobody when the lists lag behind the directory', async () => {
    await system.change('POST', `/groups/${ROOT}/members/$ref`, reference(user(6)));
    await system.hint({ kind: 'groups', objectId: ROOT });
    await system.settled();
    expect(await system.active()).toContain(user(6));

    expect(await runFullWith(anyMembers, { lag: { changes: 1 } })).toBeGreaterThan(0);

    expect(deactivated()).toEqual([]);
    system.faults.beforeRequest = undefined;
    await system.change('DELETE', membership(ROOT, user(6)));
    await system.hint({ kind: 'groups', objectId: ROOT });
    await system.settled();
    expect(deactivated()).toEqual([user(6)]);
  });

  it('says what is wrong when the root group is missing', async () => {
    await runFullWith(readsMembersOf(ROOT), { status: 404, code: 'Request_ResourceNotFound' });

    const ended = system.watched.markers.findLast(({ mode, stage }) => mode === 'full' && stage === 'finished');
    expect(ended?.problem).toContain(ROOT);
  });

  it('removes nobody while the question about membership fails, and whoever left when it is answered', async () => {
    await system.change('DELETE', membership(group(1), user(3)));
    expect(await runFullWith(asksMembership, { status: 403 })).toBeGreaterThan(0);
    expect(deactivated()).toEqual([]);

    system.faults.beforeRequest = undefined;
    await system.request({ mode: 'delta', requestId: 'again' });
    await system.settled();
    expect(deactivated()).toEqual([user(3)]);

    await system.change('POST', `/groups/${group(1)}/members/$ref`, reference(user(3)));
    await system.hint({ kind: 'groups', objectId: group(1) });
    await system.settled();
    expect(await system.active()).toEqual(everybody);
  });

  it('removes nobody when the directory says no of everybody, as it does of a group that is gone', async () => {
    let saidNo = 0;
    system.faults.beforeRequest = (request) => {
      if (asksMembership(request)) saidNo += 1;
      return undefined;
    };
    await system.change('DELETE', `/groups/${ROOT}`);
    await system.hint({ kind: 'groups', objectId: ROOT });
    await system.settled();

    // A rule that took each person's no for proof would have removed all four.
    expect(saidNo).toBeGreaterThanOrEqual(everybody.length);
    expect(deactivated()).toEqual([]);
    expect(await system.active()).toEqual(everybody);
  });
});

describe('a root group that is emptied', () => {
  const HALF_AN_HOUR = 30 * 60_000;
  let system: System;

  beforeAll(async () => {
    system = await startSystem({ provisioning: { limits: noLimits } });
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());

  const empty = async () => {
    for (const id of [user(1), user(2), user(5), group(1)]) await system.change('DELETE', membership(ROOT, id));
    await system.hint({ kind: 'groups', objectId: ROOT });
    await system.settled();
  };
  const ask = async (requestId: string) => {
    await system.request({ mode: 'delta', requestId });
    await system.settled();
  };

  it('keeps its people until the directory has said no of them for half an hour', async () => {
    await empty();
    expect(await system.active()).toEqual(everybody);

    system.advance(HALF_AN_HOUR - 60_000);
    await ask('too early');
    expect(await system.active()).toEqual(everybody);
  });

  it('begins anew with whoever the directory says yes of meanwhile', async () => {
    await system.change('POST', `/groups/${ROOT}/members/$ref`, reference(user(2)));
    await system.hint({ kind: 'groups', objectId: ROOT });
    await system.settled();
    // Now there is somebody to compare with, so the others have left.
    expect(await system.active()).toEqual([user(2)]);

    await system.change('DELETE', membership(ROOT, user(2)));
    system.advance(2 * 60_000);
    await ask('the last one');
    expect(await system.active()).toEqual([user(2)]);
  });

  it('loses the last of its people half an hour later, with both answers as the proof', async () => {
    system.advance(HALF_AN_HOUR);
    await ask('at last');

    expect(await system.active()).toEqual([]);
    const { removal } = (await system.learner(user(2)))?.sources.microsoft ?? {};
    expect(removal).toMatchObject({ cause: 'left', proof: expect.stringContaining('twice, 30 minutes apart') });
  });
});
