import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { encodeEvent, syncRequest, topics } from '@learnamp/contracts';
import { organisationModel } from '@learnamp/organisations';
import { aCompany, aUser, user, withPhoto } from '../support/company.ts';
import { startSystem, type System } from '../support/start-system.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

describe('the settings and requests of an organisation', () => {
  let system: System;

  beforeAll(async () => {
    const company = aCompany();
    const users = company.users.map((entry) => (entry.id === user(3) ? { ...aUser(3), ...withPhoto } : entry));
    system = await startSystem({ directory: { ...company, users } });
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());
  beforeEach(() => {
    system.watched.beforePublish = () => Promise.resolve();
    system.watched.markers.length = 0;
    system.watched.states.length = 0;
  });

  const set = (settings: object) =>
    organisationModel(system.connection).updateOne(
      { _id: system.organisation.id },
      { $set: settings, $inc: { revision: 1 } },
    );
  /** Does something at the moment when a full run publishes the named text for the first time. */
  const when = (text: string, act: () => Promise<unknown>) => {
    let acted = false;
    system.watched.beforePublish = async (records) => {
      if (acted || !records.some(({ value }) => value?.includes(text))) return;
      acted = true;
      await act();
    };
  };
  const stages = () => system.watched.markers.map(({ stage }) => stage).filter((stage) => stage !== 'progressed');

  it('stop a run in whose middle they change, and another one follows', async () => {
    when('"reading groups"', () => set({ 'provisioning.managers': false }));
    await system.request({ mode: 'full', requestId: 'a' });
    await system.settled();

    expect(stages().slice(0, 3)).toEqual(['started', 'interrupted', 'started']);
    expect(stages().at(-1)).toBe('finished');
    // Managers are not assigned any more, which is not the same as nobody being one.
    const { microsoft } = (await system.learner(user(2)))?.sources ?? {};
    expect(microsoft).toMatchObject({ personId: user(2) });
    expect(microsoft).not.toHaveProperty('managerId');
  });

  it('are followed by another run even where they change at the very end of one', async () => {
    when('"finished"', () => set({ 'provisioning.managers': true }));
    await system.request({ mode: 'full', requestId: 'b' });
    await until('another run follows', () => stages().filter((stage) => stage === 'finished').length >= 2);
    await system.settled();

    expect((await system.learner(user(2)))?.sources.microsoft?.managerId).toBe(user(1));
  });

  it('let no more states out once provisioning is off', async () => {
    await set({ 'provisioning.enabled': false });
    await system.change('PATCH', `/users/${user(1)}`, { jobTitle: 'Unseen' });
    await system.hint({ kind: 'users', objectId: user(1) });
    await until('the organisation rests', async () => {
      const record = await system.stores.workRecords.findById(system.organisation.id).lean();
      return system.watched.allConsumed() && record !== null && record.pausedUntil > system.now();
    });
    expect(system.watched.states).toEqual([]);

    await set({ 'provisioning.enabled': true });
    await until('the change arrives', async () => (await system.learner(user(1)))?.fields.jobTitle === 'Unseen');
    await system.settled();
  });

  it('have one person read afresh when somebody asks for it', async () => {
    await system.change('PATCH', `/users/${user(2)}`, { jobTitle: 'Asked for' });
    await system.request({ mode: 'person', personId: user(2), requestId: 'p' });
    await system.settled();

    expect(system.watched.states.map(({ personId }) => personId)).toEqual([user(2)]);
    expect(system.watched.markers.at(-1)).toMatchObject({ mode: 'person', stage: 'finished', requestIds: ['p'] });
  });

  it('dead-letters a request for a person that names none, and goes on', async () => {
    const { id: organisationId } = system.organisation;
    const request = { requestId: 'q', organisationId, mode: 'person', requestedBy: 'olga' } as const;
    const about = { organisationId, key: organisationId, source: 'a-test', time: new Date(0) };
    await system.watched.bus.publish([encodeEvent(syncRequest, request, about)]);
    await system.settled();

    const parked: string[] = [];
    const topic = `${topics.syncRequests.name}.dead-letters`;
    await until('it is parked', async () => {
      for await (const record of system.watched.bus.read({ topic })) parked.push(record.value?.toString() ?? '');
      return parked.length > 0;
    });
    expect(parked.map((value) => JSON.parse(value) as unknown)).toEqual([request]);
    expect((await system.stores.workRecords.findById(organisationId).lean())?.requests).toEqual([]);
  });
});
