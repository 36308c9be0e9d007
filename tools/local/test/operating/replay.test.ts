import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { claimLease } from '@learnamp/mongo';
import { workRecordModel } from '@learnamp/sync-state';
import { type Backup, restoreBackup, takeBackup } from './backup.ts';
import { aRound, PEOPLE } from './histories.ts';
import { type Operated, startOperated } from './operated.ts';
import { contentHash, exactHash } from './state-hash.ts';

jest.setTimeout(180_000);

const everybody = Array.from({ length: PEOPLE }, (_, number) => number);
const written = ['directory.users', 'directory.photos', 'learner.commands'];

describe('a database that is behind its topics', () => {
  let system: Operated;
  let backup: Backup;
  let since: string;
  /** By organisation what it comes to when nothing is lost. */
  const whole = new Map<string, string>();

  const hashes = async () => {
    const all = new Map<string, string>();
    for (const id of system.organisations) all.set(id, await contentHash(system.connection, id));
    return all;
  };

  beforeAll(async () => {
    system = await startOperated();
    const { bus, organisations, connection } = system;
    await system.startWriter();
    for (const organisationId of organisations) {
      await bus.publish(aRound({ organisationId, epoch: 1, department: 'Sales', people: everybody.slice(3) }));
      await workRecordModel(connection).create({
        _id: organisationId,
        lease: { holder: null, epoch: 1, until: new Date(0) },
      });
    }
    await system.caughtUp();
    backup = await takeBackup(connection);
    since = new Date().toISOString();
    for (const organisationId of organisations) {
      const people = [0, 1, 2, 7, 8, 9, 10];
      await bus.publish(aRound({ organisationId, epoch: 4, department: 'Support', people, leavers: [9] }));
    }
    await system.caughtUp();
    for (const [id, hash] of await hashes()) whole.set(id, hash);
  });
  afterAll(() => system.stop());

  it('is brought level by moving the groups back to when the backup was made', async () => {
    await system.stopWriter();
    await restoreBackup(system.connection, backup);
    const [acme, globex] = system.organisations;
    const restored = await hashes();
    expect([restored.get(acme), restored.get(globex)]).not.toEqual([whole.get(acme), whole.get(globex)]);

    for (const topic of written) await system.ops(`replay --topic ${topic} --from ${since} --move-group --yes`);
    await system.startWriter();
    await system.caughtUp();

    expect(await hashes()).toEqual(whole);
  });

  it('speaks under an epoch above all that are in the topics', async () => {
    for (const id of system.organisations) {
      const claim = { holder: 'next', now: new Date(), ttlMs: 1 };
      expect((await claimLease(workRecordModel(system.connection), { _id: id }, claim))?.epoch).toBeGreaterThan(4);
    }
  });

  it('is brought level for one organisation alone, while the writer runs and no other is touched', async () => {
    const [acme, globex] = system.organisations;
    await restoreBackup(system.connection, backup);
    const before = await exactHash(system.connection, globex);

    for (const topic of written) await system.ops(`replay --topic ${topic} --organisation ${acme} --yes`);
    await system.caughtUp();

    expect(await contentHash(system.connection, acme)).toBe(whole.get(acme));
    expect(await exactHash(system.connection, globex)).toBe(before);
  });

  it('(the other one would show it, were it replayed as well)', async () => {
    const [, globex] = system.organisations;
    const before = await exactHash(system.connection, globex);

    for (const topic of written) await system.ops(`replay --topic ${topic} --yes`);
    await system.caughtUp();

    expect(await exactHash(system.connection, globex)).not.toBe(before);
    expect(await contentHash(system.connection, globex)).toBe(whole.get(globex));
  });

  it('changes nothing at all when everything is replayed to a database that is level', async () => {
    const before = await hashes();

    for (const topic of written) await system.ops(`replay --topic ${topic} --yes`);
    await system.caughtUp();

    expect(await hashes()).toEqual(before);
  });
});
