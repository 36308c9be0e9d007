import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connectMongo, ensureIndexes } from '@learnamp/mongo';
import { type RealMongo, startMongo } from '@learnamp/testkit';
import fc from 'fast-check';
import type { Connection } from 'mongoose';
import {
  auditEntryModel,
  auditHeadModel,
  changeSettings,
  organisationModel,
  type SettingsChange,
  SettingsConflictError,
  SettingsError,
  verifyAudit,
} from '../../src/index.ts';

const actor = { kind: 'learner', id: 'lrn_1' } as const;
const at = new Date('2026-11-26T10:00:00Z');
let mongo: RealMongo;
let connection: Connection;

beforeAll(async () => {
  mongo = await startMongo();
  connection = await connectMongo({ uri: mongo.uri(), appName: 'organisations-test' });
  auditEntryModel(connection);
  auditHeadModel(connection);
  organisationModel(connection);
  await ensureIndexes(connection);
}, 120_000);

afterAll(async () => {
  await connection.close();
  await mongo.stop();
});

const entries = () => auditEntryModel(connection);
const stored = () => organisationModel(connection).findById('org-1').lean().orFail();
const change = (wanted: SettingsChange, ifRevision?: number) =>
  changeSettings(connection, 'org-1', wanted, { actor, at, ...(ifRevision === undefined ? {} : { ifRevision }) });

beforeEach(async () => {
  await Promise.all([
    entries().deleteMany({}),
    auditHeadModel(connection).deleteMany({}),
    organisationModel(connection).deleteMany({}),
  ]);
  const microsoft = { tenantSealed: 'x', tenantIndex: 'y', groupId: 'g' };
  await organisationModel(connection).create({ _id: 'org-1', subdomain: 'acme', name: 'Acme', microsoft });
});

describe('a change of settings', () => {
  it('is stored, raises the revision and is told by the log, old and new', async () => {
    const changes = [{ path: 'provisioning.managers', old: true, new: false }];

    expect(await change({ provisioning: { managers: false } })).toEqual(changes);

    expect(await stored()).toMatchObject({ revision: 2, provisioning: { managers: false, photos: true } });
    expect(await entries().find().lean()).toMatchObject([
      { organisationId: 'org-1', sequence: 1, actor, at, action: 'settings changed', changes, previousHash: '' },
    ]);
  });

  it('to what is there already is none', async () => {
    expect(await change({ provisioning: { managers: true }, passwords: { enabled: true } })).toEqual([]);

    expect([(await stored()).revision, await entries().countDocuments()]).toEqual([1, 0]);
  });

  it.each([
    ['an unknown value', { provisioning: { invitations: 'never' as never } }],
    ['a limit beyond all', { provisioning: { limits: { removal: { share: 2 } } as never } }],
  ])('is refused with %s, and nothing is changed', async (_what, wanted) => {
    await expect(change(wanted)).rejects.toThrow(SettingsError);

    expect([(await stored()).revision, await entries().countDocuments()]).toEqual([1, 0]);
  });

  it('is refused to whoever looked at older settings', async () => {
    await change({ provisioning: { photos: false } }, 1);

    await expect(change({ provisioning: { managers: false } }, 1)).rejects.toThrow(SettingsConflictError);
    expect(await change({ provisioning: { managers: false } }, 2)).toHaveLength(1);
  });

  it('of an organisation that is not there is null', async () => {
    const options = { actor, at };
    expect(await changeSettings(connection, 'org-2', { passwords: { enabled: false } }, options)).toBeNull();
  });
});

describe('the log', () => {
  it('has every change of many at once, each once and in one chain', async () => {
    const wanted = Array.from({ length: 12 }, (_none, n) => ({ removal: n }));
    const limits = (small: number) => ({
      removal: { share: 0.1, small, number: 500 },
      addition: { share: 0.5, small: 20, number: null },
    });
    const done = await Promise.all(
      wanted.map(({ removal }) => change({ provisioning: { limits: limits(removal + 50) } })),
    );

    expect(done.flat().length).toBeGreaterThanOrEqual(12);
    expect(await verifyAudit(connection, 'org-1')).toEqual({ entries: 12, problem: null });
    expect((await stored()).revision).toBe(13);
  });

  it('tells every entry that is changed, taken out or put in elsewhere', async () => {
    for (const managers of [false, true, false, true]) await change({ provisioning: { managers } });
    const whole = await entries().find().sort({ sequence: 1 }).lean();
    const restore = async () => {
      await entries().deleteMany({});
      await entries().insertMany(whole);
    };
    const tampering = fc.record({
      n: fc.integer({ min: 1, max: 4 }),
      how: fc.constantFrom('remove', 'actor', 'change', 'time', 'action', 'swap'),
    });

    await fc.assert(
      fc.asyncProperty(tampering, async ({ n, how }) => {
        const which = { sequence: n };
        if (how === 'remove') await entries().deleteOne(which);
        else if (how === 'actor') await entries().updateOne(which, { 'actor.id': 'lrn_2' });
        else if (how === 'change') await entries().updateOne(which, { 'changes.0.new': 'other' });
        else if (how === 'time') await entries().updateOne(which, { at: new Date(0) });
        else if (how === 'action') await entries().updateOne(which, { action: 'settings changed ' });
        else await entries().updateOne(which, { changes: [], hash: whole[n % 4]?.hash ?? '' });
        const { problem } = await verifyAudit(connection, 'org-1');
        await restore();
        expect(problem).not.toBeNull();
      }),
      { numRuns: 30 },
    );
    expect(await verifyAudit(connection, 'org-1')).toEqual({ entries: 4, problem: null });
  });

  it('tells a change that was hashed anew without those after it', async () => {
    for (const managers of [false, true]) await change({ provisioning: { managers } });
    await entries().updateOne({ sequence: 2 }, { hash: 'another', previousHash: 'whatever' });

    expect((await verifyAudit(connection, 'org-1')).problem).toBe("entry 2 doesn't follow the one before it");
  });
});
