import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseVersion, topics } from '@learnamp/contracts';
import { claimLease, LeaseLostError } from '@learnamp/mongo';
import { withVersions } from '../../src/emission/with-versions.ts';
import { defaultTimings } from '../../src/index.ts';
import { group, user } from '../support/company.ts';
import { membership } from '../support/graph-driver.ts';
import { startSystem, type System } from '../support/start-system.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

describe('a crash between deciding and publishing', () => {
  let system: System;

  beforeAll(async () => {
    system = await startSystem();
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());
  afterEach(() => {
    system.watched.beforePublish = () => Promise.resolve();
    system.watched.states.length = 0;
    system.watched.markers.length = 0;
  });

  const recordOf = (n: number) => system.stores.people.findById(`${system.organisation.id}:${user(n)}`).lean();
  const work = () => system.stores.workRecords.findById(system.organisation.id).lean().orFail();

  /** Lets the service die when it publishes the state of the nth user: the bus is away from then on. */
  const dieAtStateOf = async (n: number, kind: 'users' | 'groups', objectId: string) => {
    let dead = false;
    system.watched.beforePublish = (records) => {
      dead ||= records.some(({ topic, key }) => topic === topics.directoryUsers.name && key.endsWith(user(n)));
      return dead && records.some(({ topic }) => topic === topics.directoryUsers.name)
        ? Promise.reject(new Error('the bus is away'))
        : Promise.resolve();
    };
    await system.hint({ kind, objectId });
    await until('the decision is pending', async () => (await recordOf(n))?.pending !== null);
    await system.stop();
    system.watched.beforePublish = () => Promise.resolve();
  };

  it('leaves the decision pending, and the next holder publishes it under an epoch of its own', async () => {
    await system.change('PATCH', `/users/${user(3)}`, { jobTitle: 'Pilot' });
    await dieAtStateOf(3, 'users', user(3));
    const pending = (await recordOf(3))?.pending;
    expect(pending?.fields.jobTitle).toBe('Pilot');
    expect((await system.learner(user(3)))?.fields.jobTitle).toBeNull();

    await system.start();
    await system.settled();

    const learner = await system.learner(user(3));
    expect(learner?.fields.jobTitle).toBe('Pilot');
    expect((await recordOf(3))?.pending).toBeNull();
    const epochs = [learner?.sources.microsoft?.version, pending?.version].map(
      (text) => parseVersion(text ?? '').epoch,
    );
    expect(epochs[0]).toBeGreaterThan(epochs[1] ?? 0);
  });

  it('is decided again by what is true then', async () => {
    await system.change('PATCH', `/users/${user(3)}`, { jobTitle: 'Stale' });
    await dieAtStateOf(3, 'users', user(3));
    await system.change('PATCH', `/users/${user(3)}`, { jobTitle: 'Fresh' });

    await system.start();
    await system.settled();

    expect((await system.learner(user(3)))?.fields.jobTitle).toBe('Fresh');
    expect(system.watched.states.map(({ fields }) => fields.jobTitle)).not.toContain('Stale');
  });

  it('loses no removal', async () => {
    await system.change('DELETE', membership(group(2), user(4)));
    await dieAtStateOf(4, 'groups', group(2));
    expect(await system.active()).toContain(user(4));

    await system.start();
    await system.settled();

    expect(await system.active()).not.toContain(user(4));
  });

  it('is taken back, published or not, when an account that was enabled is disabled again', async () => {
    const enable = (accountEnabled: boolean) => system.change('PATCH', `/users/${user(5)}`, { accountEnabled });
    await enable(true);
    await dieAtStateOf(5, 'users', user(5));
    expect((await recordOf(5))?.pending?.active).toBe(true);
    await enable(false);

    await system.start();
    await system.settled();

    const states = system.watched.states.filter(({ personId }) => personId === user(5));
    expect(states.map(({ active, removal }) => [active, removal?.cause])).toEqual([[false, 'disabled']]);
    expect((await recordOf(5))?.pending).toBeNull();
  });

  it('has its run closed as interrupted by the next holder', async () => {
    await system.change('PATCH', `/users/${user(1)}`, { jobTitle: 'Cook' });
    await dieAtStateOf(1, 'users', user(1));
    const [dead] = (await work()).running;
    expect(dead).toBeDefined();
    expect(system.watched.markers.some(({ runId, stage }) => runId === dead?.runId && stage === 'interrupted')).toBe(
      false,
    );

    await system.start();
    await system.settled();

    const stages = system.watched.markers.filter(({ runId }) => runId === dead?.runId).map(({ stage }) => stage);
    expect(stages.at(-1)).toBe('interrupted');
    expect((await work()).running).toEqual([]);
  });

  it('leaves a former holder without versions and without a trace', async () => {
    await system.stop();
    const { workRecords, people } = system.stores;
    const claim = async (holder: string) =>
      (await claimLease(workRecords, {}, { holder, now: system.now(), ttlMs: 10 })) ??
      Promise.reject(new Error('held'));
    const zombie = await claim('zombie');
    await until('the lease ran out', async () => (await work()).lease.until < system.now());
    const deps = {
      connection: system.connection,
      stores: system.stores,
      clock: () => system.now(),
      timings: defaultTimings,
    };
    const write = (lease: typeof zombie) =>
      withVersions({ ...deps, lease }, 1, async ([version = ''], session) => {
        await people.updateOne({ _id: 'trace' }, { $set: { personId: version } }, { upsert: true, session });
        return version;
      });
    const before = await work();
    const holder = await claim('holder');

    await expect(write(zombie)).rejects.toBeInstanceOf(LeaseLostError);
    expect(await people.findById('trace').lean()).toBeNull();
    expect((await work()).sequence).toBe(before.sequence);

    const version = parseVersion(await write(holder));
    expect(version).toEqual({ epoch: holder.epoch, sequence: before.sequence + 1 });
    expect(await people.findById('trace').lean()).not.toBeNull();
  });
});
