import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { learnerModel } from '@learnamp/learners';
import { ROOT, user } from '../support/company.ts';
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

  it('emits nothing when nothing changed, and counts everybody', async () => {
    const finished = await runFull();

    expect(system.watched.states).toEqual([]);
    expect(finished?.counts).toMatchObject({ members: 5, emitted: 0, unchanged: 4, skipped: 1 });
    expect(finished?.requestIds).toEqual(['r1']);
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
