import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { SyncRequest } from '@learnamp/contracts';
import { learnerModel } from '@learnamp/learners';
import { aDirectory, aGroup, aUser, group, noLimits, ROOT, user } from '../support/company.ts';
import { reference } from '../support/graph-driver.ts';
import { startSystem, type System } from '../support/start-system.ts';

const members = [1, 2, 3, 4].map(user);

jest.setTimeout(60_000);

describe('a full run', () => {
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

  const runFull = async () => {
    await system.request({ mode: 'full' });
    await system.settled();
    return system.watched.markers.findLast(({ mode, stage }) => mode === 'full' && stage === 'finished');
  };

  it('finds the people of nested groups once, although the groups contain each other', async () => {
    expect(await system.active()).toEqual(members);
  });

  it('makes no learner of a disabled account, and none of somebody in no group', async () => {
    expect(await system.learner(user(5))).toBeNull();
    expect(await system.learner(user(6))).toBeNull();
  });

  it('keeps the names of the groups that it read of', async () => {
    const nodes = await system.stores.groupNodes.find().lean();

    expect(nodes.map(({ displayName }) => displayName).sort()).toEqual(['Group 0', 'Group 1', 'Group 2']);
  });

  it('emits nothing when nothing changed, and counts everybody', async () => {
    const finished = await runFull();

    expect(system.watched.states).toEqual([]);
    expect(finished?.counts).toMatchObject({ members: 5, emitted: 0, unchanged: 4, skipped: 1 });
    expect(finished?.requestIds).toEqual(['r1']);
    const disabled = { personId: user(5), userPrincipalName: 'user5@contoso.example' };
    expect(finished?.skipped).toEqual([{ reason: 'disabled', people: 1, first: [disabled] }]);
    expect(finished).toMatchObject({ trigger: 'request', requestedBy: expect.any(String) });
  });

  it('heals what is applied wrongly behind its back, and nothing else', async () => {
    const learners = learnerModel(system.connection);
    await learners.deleteOne({ 'sources.microsoft.personId': user(3) });
    await learners.updateOne(
      { 'sources.microsoft.personId': user(4) },
      { $set: { 'sources.microsoft.hash': 'other' } },
    );

    const finished = await runFull();

    expect(system.watched.states.map(({ personId }) => personId).sort()).toEqual([user(3), user(4)]);
    expect(finished?.counts).toMatchObject({ members: 5, emitted: 2, unchanged: 2, skipped: 1 });
    expect(await system.active()).toEqual(members);
  });

  it('does not lose who is added to a group that it has read already', async () => {
    let added: Promise<void> | undefined;
    system.faults.beforeRequest = ({ template }) => {
      if (template === 'GET /users')
        added ??= system.change('POST', `/groups/${ROOT}/members/$ref`, reference(user(6)));
      return undefined;
    };
    await runFull();
    expect(added).toBeDefined();
    await added;
    system.faults.beforeRequest = undefined;
    await system.hint({ kind: 'groups', objectId: ROOT });
    await system.settled();

    expect(await system.active()).toEqual([...members, user(6)]);
    expect(system.watched.markers.filter(({ mode }) => mode === 'full').map(({ stage }) => stage)).toContain(
      'finished',
    );
  });
});

describe('a full run of a large group', () => {
  // More than are proved in one step.
  const leavers = Array.from({ length: 350 }, (_, n) => n + 10);
  let system: System;

  beforeAll(async () => {
    const directory = aDirectory(
      [1, 2, ...leavers].map((n) => aUser(n)),
      [aGroup(0, [user(1), user(2), group(1)]), aGroup(1, leavers.map(user))],
    );
    system = await startSystem({ directory, provisioning: { limits: noLimits } });
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());

  it('deactivates everybody who left, each with the proof, and nobody else', async () => {
    expect(await system.active()).toHaveLength(352);

    await system.change('DELETE', `/groups/${ROOT}/members/${group(1)}/$ref`);
    await system.request({ mode: 'full' });
    await system.settled();

    expect(await system.active()).toEqual([1, 2].map(user));
    const removed = system.watched.states.filter(({ active }) => !active);
    expect(removed.map(({ personId }) => personId).sort()).toEqual(leavers.map(user).sort());
    expect(new Set(removed.map(({ removal }) => removal?.cause))).toEqual(new Set(['left']));
  });
});

describe('an inspection', () => {
  let system: System;

  beforeAll(async () => {
    system = await startSystem({
      provisioning: {
        mapping: {
          customFields: [],
          rules: [{ field: 'location', from: '$number(displayName)', apply: 'always', onEmpty: 'clear' }],
        },
      },
    });
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());

  const inspect = async (lookUp: string, mapping?: SyncRequest['mapping']) => {
    const requestId = `inspect ${lookUp}${mapping ? ' tried' : ''}`;
    await system.request({ mode: 'inspect', requestId, lookUp, ...(mapping ? { mapping } : {}) });
    await system.settled();
    return system.stores.inspections.findById(requestId).lean().orFail();
  };

  it('says what the directory says of a person, by name or by id', async () => {
    const byName = await inspect('user2@contoso.example');
    const byId = await inspect(user(2));

    expect(byName).toMatchObject({
      root: { id: ROOT, displayName: 'Group 0' },
      person: { id: user(2), accountEnabled: true, isMember: true, userType: 'Member' },
      groups: [{ id: ROOT, displayName: 'Group 0' }],
      manager: { id: user(1), displayName: 'User 1', accountEnabled: true, isMember: true },
      problem: null,
    });
    expect(byName.fields).toContainEqual({ field: 'displayName', value: 'User 2', problem: null });
    expect(byName.fields).toContainEqual(
      expect.objectContaining({ field: 'location', value: null, problem: expect.stringContaining('D3030') as unknown }),
    );
    expect(byId).toEqual({ ...byName, _id: byId._id, at: byId.at, lookUp: user(2) });
  });

  it('evaluates a mapping that is tried as a run would, and reads what it reads', async () => {
    const rule = { apply: 'always', onEmpty: 'clear' } as const;
    const rules = [
      { ...rule, field: 'location', from: '$uppercase(displayName) & "!"' },
      { ...rule, field: 'customFields.upn', from: 'userPrincipalName' },
      // Nothing else reads it.
      { ...rule, field: 'jobTitle', from: 'companyName' },
    ];
    const tried = { rules, customFields: [{ id: 'upn', title: 'Name' }] };

    await system.change('PATCH', `/users/${user(2)}`, { companyName: 'Contoso' });

    const { fields, problem } = await inspect(user(2), tried);

    expect(problem).toBeNull();
    expect(fields).toContainEqual({ field: 'location', value: 'USER 2!', problem: null });
    expect(fields).toContainEqual({ field: 'customFields.upn', value: 'user2@contoso.example', problem: null });
    expect(fields).toContainEqual({ field: 'jobTitle', value: 'Contoso', problem: null });
    // The organisation's own is the same as before.
    expect((await inspect(user(3))).fields).toContainEqual(expect.objectContaining({ field: 'location', value: null }));
  });

  it('refuses to try a mapping that could not be saved', async () => {
    const rules = [{ field: 'jobTitle', from: '$eval(x)', apply: 'always', onEmpty: 'clear' }] as const;

    expect(await inspect(user(4), { rules: [...rules], customFields: [] })).toMatchObject({
      person: null,
      problem: expect.stringContaining("this mapping can't be used") as unknown,
    });
  });

  it('says that somebody is disabled, is in no group, or is nobody', async () => {
    expect((await inspect(user(5))).person).toMatchObject({ accountEnabled: false, isMember: true });
    expect(await inspect(user(6))).toMatchObject({ person: { isMember: false }, groups: [] });
    expect(await inspect('nobody@contoso.example')).toMatchObject({ person: null, problem: null });
  });

  it('is no run, and changes nothing', async () => {
    const kept = async () => {
      const { people, groupNodes, deltaLinks, heldSets } = system.stores;
      const everything = await Promise.all([
        ...[people.find().lean(), groupNodes.find().lean(), deltaLinks.find().lean(), heldSets.find().lean()],
        learnerModel(system.connection).find().lean(),
      ]);
      return JSON.stringify(everything);
    };
    const before = await kept();
    const [states, markers] = [system.watched.states.length, system.watched.markers.length];

    await inspect(user(3));

    expect(await kept()).toBe(before);
    expect([system.watched.states.length, system.watched.markers.length]).toEqual([states, markers]);
    // As a run for the same person does change something: it emits them anew.
    await system.request({ mode: 'person', requestId: 'a run', personId: user(3) });
    await system.settled();
    expect(system.watched.states.length).toBe(states + 1);
  });
});
