import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { SyncRequest } from '@learnamp/contracts';
import { organisationModel } from '@learnamp/organisations';
import type { DirectoryAnswer } from '@learnamp/sync-state';
import { group, ROOT, user } from '../support/company.ts';
import { startSystem, type System } from '../support/start-system.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

let system: System;
const { allowed, forbid } = forbidding();

beforeAll(async () => {
  system = await startSystem();
  system.faults.beforeRequest = forbid;
  await system.start();
  await system.settled();
});
afterAll(() => system.close());

/** Lets Graph refuse requests of these paths as it does without a permission. */
function forbidding() {
  const paths: RegExp[] = [];
  return {
    allowed: { clear: () => paths.splice(0), refuse: (...some: RegExp[]) => paths.push(...some) },
    forbid: ({ url }: { readonly url: string }) =>
      paths.some((path) => path.test(url))
        ? ({ status: 403, code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } as const)
        : undefined,
  };
}

async function ask(question: SyncRequest['question'], lookUp?: string): Promise<DirectoryAnswer> {
  const requestId = randomUUID();
  await system.request({
    requestId,
    mode: 'ask',
    ...(question && { question }),
    ...(lookUp === undefined ? {} : { lookUp }),
  });
  await until('it is answered', async () => (await system.stores.directoryAnswers.exists({ _id: requestId })) !== null);
  return system.stores.directoryAnswers.findById(requestId).lean().orFail();
}

/** Sets what the organisation has of Microsoft, as the product does. */
const setMicrosoft = (change: object) =>
  organisationModel(system.connection).updateOne(
    { _id: system.organisation.id },
    { $set: change, $inc: { revision: 1 } },
  );

const statesOf = ({ permissions }: DirectoryAnswer) =>
  Object.fromEntries(permissions.map(({ name, state }) => [name, state]));

describe('a question about a group', () => {
  it('is answered with its tree, and with everybody counted once, circles and all', async () => {
    const answer = await ask('group', ROOT);

    expect(answer).toMatchObject({ problem: null, group: { id: ROOT, displayName: 'Group 0', people: 5, nested: 2 } });
    expect(answer.group?.tree).toEqual([
      { id: ROOT, displayName: 'Group 0', depth: 0, people: 3, groups: 1 },
      { id: group(1), displayName: 'Group 1', depth: 1, people: 1, groups: 1 },
      { id: group(2), displayName: 'Group 2', depth: 2, people: 1, groups: 1 },
    ]);
  });

  it('is answered with none where there is none', async () => {
    expect(await ask('group', group(99))).toMatchObject({ group: null, problem: null });
  });

  it('is no run, and changes nothing', async () => {
    const before = await system.stores.workRecords.findById(system.organisation.id).lean();
    await ask('group', ROOT);
    await system.settled();

    const after = await system.stores.workRecords.findById(system.organisation.id).lean();
    expect(after?.requests).toEqual([]);
    expect(after?.sequence).toBe(before?.sequence);
  });
});

it('groups are found by how their names begin, quotes included', async () => {
  await system.change('PATCH', `/groups/${group(2)}`, { displayName: "Group's people" });

  expect((await ask('groups', 'group')).groups.map(({ id }) => id).sort()).toEqual([ROOT, group(1), group(2)]);
  expect((await ask('groups', "Group'")).groups).toEqual([{ id: group(2), displayName: "Group's people" }]);
  expect((await ask('groups', 'nothing like it')).groups).toEqual([]);
});

describe('a question about permissions', () => {
  afterAll(() => void allowed.clear());

  it('finds all that are needed granted', async () => {
    expect(statesOf(await ask('permissions'))).toEqual({
      'User.Read.All': 'granted',
      'GroupMember.Read.All': 'granted',
      'Group.Read.All': 'granted',
      'ProfilePhoto.Read.All': 'granted',
      'Member.Read.Hidden': 'unneeded',
    });
  });

  it.each([
    ['User.Read.All', [/^\/users/], { 'User.Read.All': 'missing', 'ProfilePhoto.Read.All': 'unknown' }],
    [
      'Group.Read.All',
      [/^\/directory\/deletedItems/],
      { 'Group.Read.All': 'missing', 'GroupMember.Read.All': 'granted' },
    ],
    ['GroupMember.Read.All', [/^\/groups/], { 'GroupMember.Read.All': 'missing', 'Member.Read.Hidden': 'unknown' }],
    ['ProfilePhoto.Read.All', [/\/photo/], { 'User.Read.All': 'granted', 'ProfilePhoto.Read.All': 'missing' }],
  ])('says what does not work without %s', async (name, paths, states) => {
    allowed.clear();
    allowed.refuse(...paths);

    const answer = await ask('permissions');

    expect(statesOf(answer)).toMatchObject(states);
    expect(answer.permissions.find((permission) => permission.name === name)?.stops).toMatch(/^[A-Z].*\.$/);
  });
});

it('questions and inspections are answered while provisioning is switched off', async () => {
  allowed.clear();
  await setMicrosoft({ 'provisioning.enabled': false });
  try {
    expect((await ask('group', ROOT)).group?.people).toBe(5);
    await system.request({ requestId: 'r-inspect', mode: 'inspect', lookUp: user(1) });
    await until('it is answered', async () => (await system.stores.inspections.exists({ _id: 'r-inspect' })) !== null);
  } finally {
    await setMicrosoft({ 'provisioning.enabled': true });
  }
});

describe('an organisation that is connected, and has no group yet', () => {
  beforeAll(async () => {
    allowed.clear();
    await setMicrosoft({ 'microsoft.groupId': null });
  });
  afterAll(() => setMicrosoft({ 'microsoft.groupId': ROOT }));

  it('is answered all the same, again and again', async () => {
    expect((await ask('group', ROOT)).group?.people).toBe(5);
    expect(statesOf(await ask('permissions'))).toMatchObject({ 'User.Read.All': 'granted' });
  });

  it('is answered by whoever may read its directory alone', async () => {
    await setMicrosoft({ 'microsoft.consents': ['sign-in'] });
    const before = system.emulator.requests.total;
    await system.request({ requestId: 'r-refused', mode: 'ask', question: 'permissions' });
    await until('it is parked', async () => {
      const record = await system.stores.workRecords.findById(system.organisation.id).lean();
      return record?.lease.holder === null && record.pausedUntil > system.now();
    });

    expect(system.emulator.requests.total).toBe(before);
    expect(await system.stores.directoryAnswers.exists({ _id: 'r-refused' })).toBeNull();
  });
});
