import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeEvent, learnerCommand, learnerCommandKey } from '@learnamp/contracts';
import { commandOutcomeModel, erasureId, erasureModel, learnerModel } from '@learnamp/learners';
import { erasureHandler } from '../../src/erasure/erasure-handler.ts';
import { startSystem, type System } from '../support/start-system.ts';
import { until } from '../support/until.ts';

describe('an erasure', () => {
  let system: System;
  let theirs: string;

  const organisationId = () => system.organisation.id;
  const command = async (commandId: string, { publishes = true } = {}) => {
    const action = { kind: 'erase' as const, people: [erasureId(organisationId(), theirs)], names: [] };
    const said = { commandId, organisationId: organisationId(), requestedBy: 'test', action };
    const about = { organisationId: organisationId(), key: learnerCommandKey(said), source: 'test', time: new Date(0) };
    const event = encodeEvent(learnerCommand, said, about);
    if (publishes) await system.watched.bus.publish([event]);
    return event;
  };
  /** As profile-writer does. */
  const decide = async (commandId: string, outcome: 'applied' | 'refused') => {
    if (outcome === 'applied') {
      const _id = erasureId(organisationId(), theirs);
      await erasureModel(system.connection).create({
        _id,
        organisationId: organisationId(),
        commandId,
        at: new Date(),
      });
      await learnerModel(system.connection).deleteOne({ 'sources.microsoft.personId': theirs });
    }
    const about = { organisationId: organisationId(), kind: 'erase' as const, reason: null, count: 1, at: new Date() };
    await commandOutcomeModel(system.connection).create({ _id: commandId, outcome, ...about });
  };
  const known = () => system.stores.people.countDocuments({ personId: theirs });
  const statesOf = (id: string) => system.watched.states.filter(({ personId }) => personId === id).length;

  beforeAll(async () => {
    system = await startSystem();
    await system.start();
    await until('everybody is there', async () => (await system.active()).length > 2);
    await system.settled();
    [theirs = ''] = await system.active();
  }, 120_000);
  afterAll(() => system.close());

  it('is asked about again until profile-writer has decided, and nothing goes where that refuses', async () => {
    const { topic, key, value, headers } = await command('refused', { publishes: false });
    const bytes = Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)] as const);
    const place = { topic, partition: 0, offset: 0n, timestamp: 0, key: Buffer.from(key), value };
    const record = { ...place, headers: Object.fromEntries(bytes) };
    const { workRecords } = system.stores;
    const commandOutcomes = commandOutcomeModel(system.connection);
    const handle = erasureHandler({ workRecords, commandOutcomes, clock: () => system.now(), nudge: () => undefined });
    const context = { signal: new AbortController().signal, heartbeat: () => Promise.resolve() };

    await expect(handle([record], context)).rejects.toThrow(/has not decided/);
    await decide('refused', 'refused');
    expect(await handle([record], context)).toEqual([{ kind: 'skip', reason: 'not for this service' }]);

    await system.settled();
    expect(await known()).toBe(1);
  });

  it('forgets the person, and what was asked about them, once profile-writer has', async () => {
    await system.request({ mode: 'inspect', lookUp: theirs });
    await until('somebody has asked', async () => (await system.stores.inspections.countDocuments()) === 1);
    await command('applied');
    await decide('applied', 'applied');

    await until('they are forgotten', async () => (await known()) === 0);
    await until('and what was asked', async () => (await system.stores.inspections.countDocuments()) === 0);
    await until('nothing is left to do', async () => {
      const record = await system.stores.workRecords.findById(organisationId()).lean();
      return record?.requests.length === 0;
    });
  });

  it('reads nothing of them any more, by whatever run, and names them nowhere', async () => {
    const before = statesOf(theirs);
    const others = (await system.active()).length;

    await system.request({ mode: 'full', requestId: 'full' });
    await system.settled();
    await system.request({ mode: 'person', personId: theirs, requestId: 'person' });
    await system.settled();

    const skippedBy = (requestId: string) =>
      system.watched.markers.find(({ stage, requestIds }) => stage === 'finished' && requestIds.includes(requestId))
        ?.skipped;
    for (const requestId of ['full', 'person']) {
      expect(skippedBy(requestId)).toContainEqual({ reason: 'erased', people: 1, first: [] });
    }
    expect([statesOf(theirs), await known(), (await system.active()).length]).toEqual([before, 0, others]);
  });

  it('keeps nothing of what the directory says of them when somebody asks', async () => {
    await system.request({ mode: 'inspect', lookUp: theirs });

    await until('it is answered', async () => (await system.stores.inspections.countDocuments()) === 1);
    expect(await system.stores.inspections.findOne().lean()).toMatchObject({
      ...{ lookUp: '(erased)', person: null, fields: [] },
      problem: expect.stringContaining('was erased'),
    });
  });
});
