import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connectMongo, ensureIndexes } from '@learnamp/mongo';
import { type RealMongo, startMongo } from '@learnamp/testkit';
import type { Connection } from 'mongoose';
import {
  auditEntryModel,
  auditHeadModel,
  chooseGroup,
  connectTenant,
  type Consent,
  createOrganisations,
  createSealBox,
  disconnectTenant,
  organisationModel,
  signsInWithMicrosoft,
  verifyAudit,
} from '../../src/index.ts';

const TENANT_ID = '5c1d9a77-2f0b-4c58-9d8e-0f6f3f1b2a01';
const OTHER_TENANT_ID = '7d2e0b88-3a1c-4d69-8e9f-1a7a4b2c3d02';
const GROUP_ID = '6f1c9d2e-0000-4000-8000-000000000001';
const by = { actor: { kind: 'learner', id: 'lrn_1' }, at: new Date('2026-11-26T10:00:00Z') } as const;
const key = randomBytes(32);
const seals = createSealBox({ current: { id: 'k1', key }, find: () => key }, randomBytes(32));
let mongo: RealMongo;
let connection: Connection;

const model = () => organisationModel(connection);
const find = (id: string) => createOrganisations(model(), seals).findById(id);
const connect = (id: string, consent: Consent = 'sign-in', tenantId = TENANT_ID) =>
  connectTenant(connection, seals, id, { tenantId, consent }, by);
const audited = async (id: string) =>
  (await auditEntryModel(connection).find({ organisationId: id }).sort({ sequence: 1 }).lean()).map(
    ({ action }) => action,
  );

beforeAll(async () => {
  mongo = await startMongo();
  connection = await connectMongo({ uri: mongo.uri(), appName: 'organisations-test' });
  auditEntryModel(connection);
  auditHeadModel(connection);
  model();
  await ensureIndexes(connection);
}, 120_000);

afterAll(async () => {
  await connection.close();
  await mongo.stop();
});

beforeEach(async () => {
  for (const name of ['organisations', 'auditLog', 'auditHeads']) await connection.collection(name).deleteMany({});
  await model().create([
    { _id: 'acme', subdomain: 'acme', name: 'Acme' },
    { _id: 'globex', subdomain: 'globex', name: 'Globex' },
  ]);
});

describe('connectTenant', () => {
  it('gives an organisation a tenant, sealed, for what was agreed to, and raises its revision', async () => {
    expect(await connect('acme')).toBe('connected');

    const acme = await find('acme');
    expect(acme).toMatchObject({
      revision: 2,
      microsoft: { tenantId: TENANT_ID, groupId: null, consents: ['sign-in'] },
    });
    expect(acme && signsInWithMicrosoft(acme)).toBe(true);
    expect(await createOrganisations(model(), seals).provisionedIds()).toEqual([]);
    expect(JSON.stringify(await model().findById('acme').lean())).not.toContain(TENANT_ID);
  });

  it('lets nobody sign in with Microsoft where only provisioning was agreed to', async () => {
    await connect('acme', 'provisioning');

    const acme = await find('acme');
    expect(acme && signsInWithMicrosoft(acme)).toBe(false);
  });

  it('adds the other consent, and changes nothing the second time', async () => {
    await connect('acme');
    await connect('acme', 'provisioning');
    const once = await find('acme');
    await connect('acme', 'provisioning');

    expect(once?.microsoft?.consents).toEqual(['sign-in', 'provisioning']);
    expect(await find('acme')).toEqual(once);
    expect(await audited('acme')).toEqual(['tenant connected', 'tenant connected']);
  });

  it('names no tenant in the audit log, whose chain is whole', async () => {
    await connect('acme');

    const entries = JSON.stringify(await auditEntryModel(connection).find().lean());
    expect(entries).toContain('microsoft.connected');
    expect(entries).not.toContain(TENANT_ID);
    expect(entries).not.toContain(seals.blindIndex(TENANT_ID));
    expect(await verifyAudit(connection, 'acme')).toEqual({ entries: 1, problem: null });
  });

  it("refuses another organisation's tenant, however it is written, and changes nothing", async () => {
    await connect('acme');
    const before = await find('globex');

    expect(await connect('globex')).toBe('taken');
    expect(await connect('globex', 'provisioning', TENANT_ID.toUpperCase())).toBe('taken');

    expect(await find('globex')).toEqual(before);
    expect(await audited('globex')).toEqual([]);
  });

  it('refuses another tenant than the one that is connected', async () => {
    await connect('acme');

    expect(await connect('acme', 'sign-in', OTHER_TENANT_ID)).toBe('other-tenant');
    expect((await find('acme'))?.microsoft?.tenantId).toBe(TENANT_ID);
  });

  it('gives a tenant to exactly one of two organisations at the same moment', async () => {
    const outcomes = await Promise.all([connect('acme'), connect('globex'), connect('acme'), connect('globex')]);

    expect(new Set(outcomes)).toEqual(new Set(['connected', 'taken']));
    expect([(await find('acme'))?.microsoft, (await find('globex'))?.microsoft].filter(Boolean)).toHaveLength(1);
  });

  it('says so where there is no such organisation', async () => {
    expect(await connect('nobody')).toBe('no-organisation');
  });
});

describe('disconnectTenant', () => {
  it('releases the tenant for others, once, and says so in the audit log', async () => {
    await connect('acme', 'provisioning');
    await chooseGroup(connection, 'acme', GROUP_ID, by);
    await disconnectTenant(connection, 'acme', by);
    await disconnectTenant(connection, 'acme', by);

    expect((await find('acme'))?.microsoft).toBeNull();
    expect(await connect('globex')).toBe('connected');
    expect(await audited('acme')).toEqual(['tenant connected', 'group chosen', 'tenant disconnected']);
  });

  it('locks nobody out: passwords come back where they were switched off', async () => {
    await connect('acme');
    await model().updateOne({ _id: 'acme' }, { 'passwords.enabled': false });

    await disconnectTenant(connection, 'acme', by);

    expect(await find('acme')).toMatchObject({ microsoft: null, passwords: { enabled: true } });
    const entry = await auditEntryModel(connection).findOne({ action: 'tenant disconnected' }).lean();
    expect(entry?.changes).toContainEqual({ path: 'passwords.enabled', old: false, new: true });
  });
});

describe('chooseGroup', () => {
  it('makes an organisation one that is provisioned', async () => {
    await connect('acme', 'provisioning');

    expect(await chooseGroup(connection, 'acme', GROUP_ID, by)).toBe('chosen');

    expect((await find('acme'))?.microsoft?.groupId).toBe(GROUP_ID);
    expect(await createOrganisations(model(), seals).provisionedIds()).toEqual(['acme']);
  });

  it.each([
    ['no tenant', () => Promise.resolve('')],
    ['a tenant for signing in alone', () => connect('acme')],
  ])('is refused with %s', async (_what, before) => {
    await before();

    expect(await chooseGroup(connection, 'acme', GROUP_ID, by)).toBe('no-provisioning');
    expect((await find('acme'))?.microsoft?.groupId ?? null).toBeNull();
  });
});
