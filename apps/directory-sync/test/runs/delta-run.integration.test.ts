import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aCompany, aGroup, aUser, group, noLimits, ROOT, user } from '../support/company.ts';
import { membership, reference } from '../support/graph-driver.ts';
import { startSystem, type System } from '../support/start-system.ts';

const removalOf = async (system: System, personId: string) =>
  (await system.learner(personId))?.sources.microsoft?.removal?.cause ?? null;

jest.setTimeout(60_000);

describe('a delta run', () => {
  let system: System;

  beforeAll(async () => {
    const { users, groups, ...company } = aCompany();
    const more = [aUser(7), aUser(8), aUser(9), aUser(10)];
    const directory = { ...company, users: [...users, ...more], groups: [...groups, aGroup(3, [user(7), user(8)])] };
    system = await startSystem({ directory, provisioning: { limits: noLimits } });
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());
  beforeEach(() => {
    system.watched.states.length = 0;
    system.watched.markers.length = 0;
  });

  const hintUser = (id: string) => system.hint({ kind: 'users', objectId: id }).then(() => system.settled());
  const hintGroup = (id: string) => system.hint({ kind: 'groups', objectId: id }).then(() => system.settled());
  const add = (to: string, id: string) => system.change('POST', `/groups/${to}/members/$ref`, reference(id));
  const remove = (from: string, id: string) => system.change('DELETE', membership(from, id));

  it('brings in who was added to a deeply nested group, and reads nobody else', async () => {
    await add(group(2), user(6));
    await hintGroup(group(2));

    expect(system.watched.states.map(({ personId, active }) => [personId, active])).toEqual([[user(6), true]]);
    expect(new Set(system.watched.markers.map(({ mode, trigger }) => `${mode} ${trigger}`))).toContain(
      'delta notification',
    );
    expect(system.watched.markers.map(({ mode }) => mode)).not.toContain('full');
  });

  const pathsTold = () => system.watched.states.map(({ path }) => path?.map(({ id, name }) => [id, name]));
  const chain = [ROOT, group(1), group(2)].map((id, number) => [id, `Group ${number}`]);

  it('tells by which groups somebody came in, and nobody anew because groups are nested otherwise', async () => {
    await add(group(2), user(10));
    await hintGroup(group(2));
    expect(pathsTold()).toEqual([chain]);

    system.watched.states.length = 0;
    await add(ROOT, group(2));
    await hintGroup(ROOT);
    await system.request({ mode: 'full', requestId: 'nested otherwise' });
    await system.settled();
    expect(system.watched.states).toEqual([]);

    await system.change('PATCH', `/users/${user(10)}`, { jobTitle: 'Weaver' });
    await hintUser(user(10));
    expect(pathsTold()).toEqual([[chain[0], chain[2]]]);
    await remove(ROOT, group(2));
    await hintGroup(ROOT);
  });

  it('tells by which groups somebody was in who left', async () => {
    await remove(group(2), user(10));
    await hintGroup(group(2));

    expect(system.watched.states.map(({ active }) => active)).toEqual([false]);
    expect(pathsTold()).toEqual([chain]);
  });

  it('deactivates who left, with the proof', async () => {
    await remove(group(2), user(6));
    await hintGroup(group(2));

    expect(await removalOf(system, user(6))).toBe('left');
    expect(await system.active()).not.toContain(user(6));
  });

  it('keeps who left one of two groups', async () => {
    await add(group(1), user(4));
    await remove(group(2), user(4));
    await hintGroup(group(2));

    expect(await system.active()).toContain(user(4));
  });

  it('follows a new name and a new manager', async () => {
    await system.change('PATCH', `/users/${user(3)}`, { displayName: 'Zoë Ångström' });
    await system.change('PUT', `/users/${user(3)}/manager/$ref`, reference(user(2)));
    await hintUser(user(3));

    expect((await system.learner(user(3)))?.sources.microsoft).toMatchObject({
      fields: { displayName: 'Zoë Ångström' },
      managerId: user(2),
    });
    expect(system.watched.states).toHaveLength(1);
  });

  it('brings in the people of a group that was nested anew, and loses them when it is taken out', async () => {
    await add(group(1), group(3));
    await hintGroup(group(1));
    expect(await system.active()).toEqual(expect.arrayContaining([user(7), user(8)]));

    await add(group(3), user(9));
    await hintGroup(group(3));
    expect(await system.active()).toContain(user(9));

    await remove(group(1), group(3));
    await hintGroup(group(1));
    for (const n of [7, 8, 9]) expect(await removalOf(system, user(n))).toBe('left');
  });

  it('loses the people of a group that was deleted', async () => {
    await add(ROOT, group(3));
    await hintGroup(ROOT);
    expect(await system.active()).toContain(user(7));

    await system.change('DELETE', `/groups/${group(3)}`);
    await hintGroup(group(3));

    expect(await removalOf(system, user(7))).toBe('left');
  });

  it('deactivates a disabled account and brings it back when it is enabled', async () => {
    await system.change('PATCH', `/users/${user(3)}`, { accountEnabled: false });
    await hintUser(user(3));
    expect(await removalOf(system, user(3))).toBe('disabled');

    await system.change('PATCH', `/users/${user(3)}`, { accountEnabled: true });
    await hintUser(user(3));
    expect(await removalOf(system, user(3))).toBeNull();
    expect(await system.active()).toContain(user(3));
  });

  it('emits nothing for a change that shows nowhere', async () => {
    await system.change('PATCH', `/users/${user(3)}`, { city: 'Malmö' });
    await hintUser(user(3));

    expect(system.watched.states).toEqual([]);
  });

  it('drops hints of ids that are neither in the tree nor known, without a run', async () => {
    await system.hint({ kind: 'users', objectId: user(99) }, { kind: 'groups', objectId: group(99) });
    await system.settled();

    expect(system.watched.markers).toEqual([]);
    const record = await system.stores.workRecords.findById(system.organisation.id).lean();
    expect([record?.hints.userIds, record?.answering.userIds]).toEqual([[], []]);
  });

  it('makes one run of a burst', async () => {
    await system.change('PATCH', `/users/${user(1)}`, { jobTitle: 'Director' });
    const burst = Array.from({ length: 500 }, (_, n) => ({ kind: 'users' as const, objectId: user(n) }));
    await system.hint(...burst);
    await system.settled();

    expect(system.watched.markers.filter(({ stage }) => stage === 'finished')).toHaveLength(1);
    expect(system.watched.states.map(({ personId }) => personId)).toEqual([user(1)]);
  });
});
