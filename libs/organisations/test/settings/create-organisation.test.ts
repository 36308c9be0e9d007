import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connectMongo, ensureIndexes } from '@learnamp/mongo';
import { type RealMongo, startMongo } from '@learnamp/testkit';
import type { Connection } from 'mongoose';
import {
  auditEntryModel,
  auditHeadModel,
  createOrganisation,
  createRoles,
  organisationModel,
  OrganisationRefusedError,
  roleModel,
  verifyAudit,
} from '../../src/index.ts';

const by = { actor: { kind: 'operator', id: 'olga' }, at: new Date('2026-11-26T10:00:00Z') } as const;
const acme = { subdomain: 'Acme', name: ' Acme Ltd ', ownerOf: (id: string) => `ada-of-${id}` };
let mongo: RealMongo;
let connection: Connection;

const models = () => [
  organisationModel(connection),
  roleModel(connection),
  auditEntryModel(connection),
  auditHeadModel(connection),
];
const collections = () => models().map(({ collection }) => collection);
const counted = async () => Promise.all(collections().map((collection) => collection.countDocuments()));

beforeAll(async () => {
  mongo = await startMongo();
  connection = await connectMongo({ uri: mongo.uri(), appName: 'organisations-test' });
  models();
  await ensureIndexes(connection);
}, 120_000);

afterAll(async () => {
  await connection.close();
  await mongo.stop();
});

beforeEach(async () => {
  for (const collection of collections()) await collection.deleteMany({});
});

describe('createOrganisation', () => {
  it('makes an organisation without a tenant, its first Owner, and an entry of the audit log', async () => {
    const { organisationId, learnerId, isNew } = await createOrganisation(connection, acme, by);

    expect([isNew, learnerId]).toEqual([true, `ada-of-${organisationId}`]);
    expect(await organisationModel(connection).findById(organisationId).lean()).toMatchObject({
      subdomain: 'acme',
      name: 'Acme Ltd',
      microsoft: null,
      passwords: { enabled: true, breakGlassOwner: null },
      signInTest: null,
    });
    expect(await createRoles(roleModel(connection)).roleOf(organisationId, learnerId)).toBe('Owner');
    expect(await auditEntryModel(connection).find().lean()).toMatchObject([
      {
        action: 'organisation created',
        actor: by.actor,
        changes: expect.arrayContaining([{ path: 'subdomain', old: null, new: 'acme' }]),
      },
    ]);
    expect(await verifyAudit(connection, organisationId)).toEqual({ entries: 1, problem: null });
  });

  it('makes the same once, however often and by however many at once', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => createOrganisation(connection, acme, by)));
    const again = await createOrganisation(connection, acme, by);

    expect(new Set([...made, again].map(({ organisationId }) => organisationId)).size).toBe(1);
    expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await counted()).toEqual([1, 1, 1, 1]);
  });

  it.each([
    ['another name', { name: 'Acme Inc' }],
    ['another first Owner', { ownerOf: (id: string) => `eve-of-${id}` }],
  ])('refuses a subdomain that is there with %s', async (_what, other) => {
    await createOrganisation(connection, acme, by);

    await expect(createOrganisation(connection, { ...acme, ...other }, by)).rejects.toThrow(/acme is taken/);

    expect(await counted()).toEqual([1, 1, 1, 1]);
  });

  it.each(['', '-acme', 'acme-', 'ac me', 'a.b', 'a'.repeat(64), 'xn--acme', 'login', 'WWW', 'ácme', '__proto__'])(
    'refuses the subdomain %j',
    async (subdomain) => {
      await expect(createOrganisation(connection, { ...acme, subdomain }, by)).rejects.toThrow(
        OrganisationRefusedError,
      );

      expect(await counted()).toEqual([0, 0, 0, 0]);
    },
  );

  it.each(['a', '0', 'a-b', 'a'.repeat(63)])('takes the subdomain %j', async (subdomain) => {
    expect(await createOrganisation(connection, { ...acme, subdomain }, by)).toMatchObject({ isNew: true });
  });
});
