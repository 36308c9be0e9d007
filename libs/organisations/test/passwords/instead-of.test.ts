import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connectMongo, ensureIndexes } from '@learnamp/mongo';
import { type RealMongo, startMongo } from '@learnamp/testkit';
import type { Connection } from 'mongoose';
import {
  type AuditEntry,
  auditEntryModel,
  auditHeadModel,
  changeSettings,
  connectTenant,
  createOrganisations,
  createRoles,
  createSealBox,
  disconnectTenant,
  mayUsePassword,
  organisationModel,
  passwordAccessOf,
  passwordModel,
  recordSignInTest,
  roleModel,
  type SettingsChange,
  verifyAudit,
} from '../../src/index.ts';

const TENANT_ID = '5c1d9a77-2f0b-4c58-9d8e-0f6f3f1b2a01';
const OTHER_TENANT_ID = '7d2e0b88-3a1c-4d69-8e9f-1a7a4b2c3d02';
const GROUP_ID = '6f1c9d2e-0000-4000-8000-000000000001';
const OWNER = 'lrn_owner';
const at = new Date('2026-11-26T10:00:00Z');
const by = { actor: { kind: 'learner', id: OWNER }, at } as const;
const key = randomBytes(32);
const seals = createSealBox({ current: { id: 'k1', key }, find: () => key }, randomBytes(32));
let mongo: RealMongo;
let connection: Connection;
let inactive: readonly string[];

const organisations = () => createOrganisations(organisationModel(connection), seals);
const acme = async () => {
  const found = await organisations().findById('acme');
  if (!found) throw new Error('the organisation is gone');
  return found;
};
const change = (wanted: SettingsChange) =>
  changeSettings(connection, 'acme', wanted, { ...by, isActive: (id) => Promise.resolve(!inactive.includes(id)) });
const off = { passwords: { enabled: false, breakGlassOwner: OWNER } };
const test = (tenantId = TENANT_ID) => recordSignInTest(connection, seals, 'acme', { tenantId, learnerId: OWNER, at });
const audited = async (action: AuditEntry['action']) =>
  (await auditEntryModel(connection).find({ action }).lean()).flatMap(({ changes }) => changes);

beforeAll(async () => {
  mongo = await startMongo();
  connection = await connectMongo({ uri: mongo.uri(), appName: 'organisations-test' });
  for (const model of [auditEntryModel, auditHeadModel, organisationModel, roleModel, passwordModel]) model(connection);
  await ensureIndexes(connection);
}, 120_000);

afterAll(async () => {
  await connection.close();
  await mongo.stop();
});

beforeEach(async () => {
  for (const { collection } of Object.values(connection.models)) await collection.deleteMany({});
  inactive = [];
  await organisationModel(connection).create({ _id: 'acme', subdomain: 'acme', name: 'Acme' });
  await connectTenant(connection, seals, 'acme', { tenantId: TENANT_ID, consent: 'sign-in' }, by);
  await createRoles(roleModel(connection)).grant('acme', OWNER, 'Owner');
  await passwordModel(connection).create({ _id: OWNER, organisationId: 'acme', hash: 'x', setAt: at });
});

describe('switching passwords off', () => {
  it('leaves them to the Owner who is named, and the log tells it', async () => {
    await test();

    expect(await change(off)).toEqual([
      { path: 'passwords.enabled', old: true, new: false },
      { path: 'passwords.breakGlassOwner', old: null, new: OWNER },
    ]);

    const access = passwordAccessOf(await acme());
    expect([mayUsePassword(access, OWNER), mayUsePassword(access, 'lrn_2')]).toEqual([true, false]);
    expect(await verifyAudit(connection, 'acme')).toEqual({ entries: 3, problem: null });
  });

  it.each<[string, RegExp, () => Promise<unknown>, SettingsChange?]>([
    ['nobody has tested signing in', /"Test sign-in"/, () => Promise.resolve()],
    ['the test was by another tenant', /"Test sign-in"/, () => test(OTHER_TENANT_ID)],
    ['nobody is named for emergencies', /an Owner is named/, () => test(), { passwords: { enabled: false } }],
    [
      'who is named is no Owner',
      /active Owner who has a password/,
      async () => [await test(), await roleModel(connection).deleteMany({})],
    ],
    [
      'who is named is an Admin',
      /active Owner/,
      async () => [await test(), await roleModel(connection).updateOne({}, { role: 'Admin' })],
    ],
    [
      'who is named has no password',
      /active Owner/,
      async () => [await test(), await passwordModel(connection).deleteMany({})],
    ],
    [
      'who is named has one elsewhere',
      /active Owner/,
      async () => [await test(), await passwordModel(connection).updateOne({}, { organisationId: 'globex' })],
    ],
    ['who is named is not active', /active Owner/, async () => [await test(), (inactive = [OWNER])]],
    [
      'Microsoft is not connected',
      /nobody signs in with Microsoft/,
      async () => {
        await test();
        await disconnectTenant(connection, 'acme', by);
      },
    ],
  ])('is refused where %s, and nothing is changed', async (_what, why, arrange, wanted = off) => {
    await arrange();
    const before = await acme();

    await expect(change(wanted)).rejects.toThrow(why);

    expect(await acme()).toEqual(before);
  });

  it('is refused to whoever can not say who is active', async () => {
    await test();

    await expect(changeSettings(connection, 'acme', off, by)).rejects.toThrow(/active Owner/);
  });

  it('keeps somebody named: another Owner, but not nobody', async () => {
    await test();
    await change(off);
    await createRoles(roleModel(connection)).grant('acme', 'lrn_2', 'Owner');
    await passwordModel(connection).create({ _id: 'lrn_2', organisationId: 'acme', hash: 'x', setAt: at });

    await expect(change({ passwords: { breakGlassOwner: null } })).rejects.toThrow(/an Owner is named/);
    expect(await change({ passwords: { breakGlassOwner: 'lrn_2' } })).toHaveLength(1);
    expect(passwordAccessOf(await acme())).toEqual({ kind: 'one', learnerId: 'lrn_2' });
  });

  it('of an organisation where they were always off does not stand in the way of other settings', async () => {
    await organisationModel(connection).updateOne({ _id: 'acme' }, { $unset: { passwords: 1 } });

    expect(passwordAccessOf(await acme())).toEqual({ kind: 'nobody' });
    expect(await change({ provisioning: { photos: false } })).toHaveLength(1);
  });
});

describe('passwords come back, and the test is worth nothing any more,', () => {
  const back = { passwords: { enabled: true, breakGlassOwner: OWNER }, signInTest: null };

  beforeEach(async () => {
    await test();
    await change(off);
  });

  it('when signing in with Microsoft is switched off, whatever else is asked for', async () => {
    await change({ singleSignOn: { enabled: false }, passwords: { enabled: false } });

    expect(await acme()).toMatchObject(back);
    expect(await audited('settings changed')).toContainEqual({ path: 'passwords.enabled', old: false, new: true });
    await change({ singleSignOn: { enabled: true } });
    await expect(change(off)).rejects.toThrow(/"Test sign-in"/);
  });

  it('also where who is named could not be named today', async () => {
    inactive = [OWNER];

    await change({ singleSignOn: { enabled: false } });

    expect(await acme()).toMatchObject(back);
  });

  it('when the tenant is disconnected, also once it is connected again', async () => {
    await disconnectTenant(connection, 'acme', by);
    expect(await acme()).toMatchObject(back);

    await connectTenant(connection, seals, 'acme', { tenantId: TENANT_ID, consent: 'sign-in' }, by);
    expect(await acme()).toMatchObject(back);
    expect(passwordAccessOf(await acme())).toEqual({ kind: 'everybody' });
  });

  it('when another tenant is set from outside, but not for another name', async () => {
    const wanted = { subdomain: 'acme', name: 'Acme Ltd', tenantId: TENANT_ID, groupId: GROUP_ID };
    await organisations().ensure(wanted);
    expect(passwordAccessOf(await acme())).toEqual({ kind: 'one', learnerId: OWNER });

    await organisations().ensure({ ...wanted, tenantId: OTHER_TENANT_ID });
    expect(await acme()).toMatchObject(back);
  });
});

describe('a test of signing in', () => {
  it('is kept with its time and who made it, and the log tells it without the tenant', async () => {
    const { revision } = await acme();

    expect(await test()).toBe(true);

    expect(await acme()).toMatchObject({ revision, signInTest: { at, learnerId: OWNER } });
    expect(await audited('sign-in tested')).toEqual([{ path: 'signInTest.at', old: null, new: at.toISOString() }]);
  });

  it.each([
    ['by another tenant', () => test(OTHER_TENANT_ID)],
    [
      'after the tenant went',
      async () => {
        await disconnectTenant(connection, 'acme', by);
        return test();
      },
    ],
    ['of nobody', () => recordSignInTest(connection, seals, 'nobody', { tenantId: TENANT_ID, learnerId: OWNER, at })],
  ])('is not kept %s', async (_what, made) => {
    expect(await made()).toBe(false);
    expect((await acme()).signInTest).toBeNull();
    expect(await audited('sign-in tested')).toEqual([]);
  });
});
