import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connectMongo, ensureIndexes } from '@learnamp/mongo';
import { type RealMongo, startMongo } from '@learnamp/testkit';
import type { Connection } from 'mongoose';
import {
  auditEntryModel,
  auditHeadModel,
  changeSettings,
  createFindOpenSettings,
  defaultNotifications,
  forgetLearner,
  organisationModel,
  roleModel,
  type SettingsChange,
} from '../../src/index.ts';

const at = new Date('2026-11-26T10:00:00Z');
const actor = { kind: 'learner', id: 'lrn_1' } as const;
let mongo: RealMongo;
let connection: Connection;

beforeAll(async () => {
  mongo = await startMongo();
  connection = await connectMongo({ uri: mongo.uri(), appName: 'organisations-test' });
  for (const model of [auditEntryModel, auditHeadModel, organisationModel, roleModel]) model(connection);
  await ensureIndexes(connection);
}, 120_000);

afterAll(async () => {
  await connection.close();
  await mongo.stop();
});

beforeEach(async () => {
  for (const { collection } of Object.values(connection.models)) await collection.deleteMany({});
  await organisationModel(connection).create({ _id: 'acme', subdomain: 'acme', name: 'Acme' });
});

const change = (notifications: NonNullable<SettingsChange['notifications']>) =>
  changeSettings(connection, 'acme', { notifications }, { actor, at });
const settings = async () => (await createFindOpenSettings(organisationModel(connection))(['acme'])).get('acme');
const log = async () => JSON.stringify(await auditEntryModel(connection).find().lean());

describe('notifications', () => {
  it('are all on and go to whoever administers the organisation, also of one from before', async () => {
    expect((await settings())?.notifications).toEqual(defaultNotifications);
    await organisationModel(connection).collection.updateOne(
      { _id: 'acme' as never },
      { $unset: { notifications: 1 } },
    );

    expect((await settings())?.notifications).toEqual(defaultNotifications);
  });

  it('are changed in part, with what changed', async () => {
    expect(await change({ expiry: false })).toEqual([{ path: 'notifications.expiry', old: true, new: false }]);

    expect((await settings())?.notifications).toEqual({ ...defaultNotifications, expiry: false });
  });

  it('are audited without an address', async () => {
    await change({ addresses: ['ana@acme.example'] });
    await change({ addresses: ['ben@acme.example'] });

    expect(await log()).toContain('1 address, 1 of them new');
    expect(await log()).not.toContain('@acme.example');
    expect((await settings())?.notifications.addresses).toEqual(['ben@acme.example']);
  });

  it.each([
    ['what is no switch', { failure: 'yes' as never }, /notifications\.failure/],
    ['an unknown kind', { weather: true } as never, /notifications/],
    ['what is no address', { addresses: ['ana'] }, /addresses\.0 must be an email address/],
    ['two addresses in one', { addresses: ['a@b.example,c@d.example'] }, /addresses\.0/],
    ['an address twice', { addresses: ['a@b.example', 'A@B.example'] }, /addresses\.1 must not be there twice/],
    ['21 addresses', { addresses: Array.from({ length: 21 }, (_none, n) => `a${n}@b.example`) }, /addresses/],
  ])('take no %s, and then nothing is changed', async (_what, wanted, why) => {
    await expect(change(wanted)).rejects.toThrow(why);

    expect([(await settings())?.notifications, await auditEntryModel(connection).countDocuments()]).toEqual([
      defaultNotifications,
      0,
    ]);
  });

  it('take 20 addresses', async () => {
    const addresses = Array.from({ length: 20 }, (_none, n) => `a${n}@b.example`);
    await change({ addresses });

    expect((await settings())?.notifications.addresses).toEqual(addresses);
  });

  it('lose the address of whoever is erased, whatever its capitals, and no other', async () => {
    await change({ addresses: ['Ana@acme.example', 'ben@acme.example'] });
    const before = await organisationModel(connection).findById('acme').lean().orFail();

    const ana = { organisationId: 'acme', learnerId: 'lrn_ana', addresses: ['ana@acme.example'] };
    await forgetLearner(connection, ana, { actor, at, commandId: 'c1' });

    const after = await organisationModel(connection).findById('acme').lean().orFail();
    expect(after).toEqual({
      ...before,
      revision: before.revision + 1,
      notifications: { ...defaultNotifications, addresses: ['ben@acme.example'] },
    });
    expect(await log()).not.toContain('acme.example');
  });
});
