import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connectMongo, ensureIndexes } from '@learnamp/mongo';
import { type RealMongo, startMongo } from '@learnamp/testkit';
import type { Connection, Model } from 'mongoose';
import {
  createFindOpenSettings,
  defaultNotifications,
  defaultProvisioning,
  createOrganisations,
  createSealBox,
  type OrganisationDocument,
  organisationModel,
  type Organisations,
  propertiesOf,
} from '../../src/index.ts';

const acme = {
  subdomain: 'acme',
  name: 'Acme',
  tenantId: '5c1d9a77-2f0b-4c58-9d8e-0f6f3f1b2a01',
  groupId: '6f1c9d2e-0000-4000-8000-000000000001',
};
const globex = { ...acme, subdomain: 'globex', name: 'Globex', tenantId: '7d2e0b88-3a1c-4d69-8e9f-1a7a4b2c3d02' };

let mongo: RealMongo;
let connection: Connection;
let model: Model<OrganisationDocument>;
let organisations: Organisations;

beforeAll(async () => {
  mongo = await startMongo();
  connection = await connectMongo({ uri: mongo.uri(), appName: 'organisations-test' });
  model = organisationModel(connection);
  await ensureIndexes(connection);
  const key = randomBytes(32);
  const seals = createSealBox({ current: { id: 'k1', key }, find: () => key }, randomBytes(32));
  organisations = createOrganisations(model, seals);
}, 120_000);

afterAll(async () => {
  await connection.close();
  await mongo.stop();
});

beforeEach(async () => {
  await model.deleteMany({});
});

describe('ensure', () => {
  it('creates an organisation with everything switched on, and finds it by subdomain and id', async () => {
    const created = await organisations.ensure({ ...acme, subdomain: 'Acme', firstOwner: 'ada@acme.example' });

    expect(created).toEqual({
      id: created.id,
      subdomain: 'acme',
      name: 'Acme',
      passwords: { enabled: true, breakGlassOwner: null },
      signInTest: null,
      revision: 1,
      microsoft: { tenantId: acme.tenantId, groupId: acme.groupId, consents: ['sign-in', 'provisioning'] },
      provisioning: defaultProvisioning,
      singleSignOn: { enabled: true, guests: false },
      notifications: defaultNotifications,
      firstOwner: 'ada@acme.example',
    });
    expect(await organisations.findBySubdomain('ACME')).toEqual(created);
    expect(await organisations.findById(created.id)).toEqual(created);
  });

  it('changes nothing the second time', async () => {
    const created = await organisations.ensure(acme);

    expect(await organisations.ensure(acme)).toEqual(created);
    expect(await model.countDocuments()).toBe(1);
  });

  it.each([
    ['name', { name: 'Acme Ltd' }],
    ['tenant', { tenantId: globex.tenantId }],
    ['group', { groupId: '6f1c9d2e-0000-4000-8000-000000000002' }],
  ])('brings a changed %s up to date, and raises the revision', async (_name, change) => {
    const { id } = await organisations.ensure(acme);

    const { name, tenantId, groupId } = { ...acme, ...change };
    expect(await organisations.ensure({ ...acme, ...change })).toMatchObject({
      id,
      revision: 2,
      name,
      microsoft: { tenantId, groupId },
    });
    expect(await organisations.revision(id)).toBe(2);
  });

  it('creates one organisation, however many processes start at once', async () => {
    const made = await Promise.all([1, 2, 3, 4].map(() => organisations.ensure(acme)));

    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await model.countDocuments()).toBe(1);
  });

  it('gives a tenant to one organisation only', async () => {
    await organisations.ensure(acme);

    await expect(organisations.ensure({ ...globex, tenantId: acme.tenantId.toUpperCase() })).rejects.toThrow(
      /duplicate key/,
    );
    expect(await organisations.findBySubdomain('globex')).toBeNull();
  });

  it('stores the tenant sealed', async () => {
    await organisations.ensure(acme);

    expect(JSON.stringify(await model.find().lean())).not.toContain(acme.tenantId);
  });

  it('does not open a tenant that was copied from another organisation', async () => {
    const [{ id }, other] = [await organisations.ensure(acme), await organisations.ensure(globex)];
    const stored = await model.findById(id).orFail().lean();
    await model.updateOne({ _id: other.id }, { $set: { 'microsoft.tenantSealed': stored.microsoft?.tenantSealed } });

    await expect(organisations.findById(other.id)).rejects.toMatchObject({ code: 'seal-broken' });
  });
});

describe('a mapping', () => {
  const mapping = {
    rules: [
      { field: 'jobTitle', from: '$uppercase(jobTitle)', apply: 'create only', onEmpty: 'default', default: 'Staff' },
      {
        field: 'customFields.costCentre',
        from: 'onPremisesExtensionAttributes.extensionAttribute1',
        apply: 'always',
        onEmpty: 'keep',
      },
    ],
    customFields: [{ id: 'costCentre', title: 'Cost centre' }],
  } as const;

  it('is set with whatever else is changed', async () => {
    const { id, provisioning } = await organisations.ensure(acme);

    expect(await organisations.changeProvisioning(id, { photos: false, mapping })).toBe(true);

    expect(await organisations.findById(id)).toMatchObject({
      revision: 2,
      provisioning: { ...provisioning, photos: false, mapping },
    });
  });

  it('that can not be followed is refused with everything that is wrong, and nothing is changed', async () => {
    const before = await organisations.ensure(acme);
    const rules = [
      { field: 'jobTitle', from: 'jobTitle &', apply: 'always', onEmpty: 'clear' },
      { field: 'shoeSize', from: 'skills[0]', apply: 'always', onEmpty: 'clear' },
    ] as const;

    const change = organisations.changeProvisioning(before.id, { photos: false, mapping: { ...mapping, rules } });

    for (const problem of [
      'the rule of "jobTitle": the expression can\'t be read',
      'the rule of "shoeSize": there is no such standard field',
      'the rule of "shoeSize": Graph shows "skills" of a single user only',
    ]) {
      await expect(change).rejects.toMatchObject({
        code: 'invalid-settings',
        message: expect.stringContaining(problem) as unknown,
      });
    }
    expect(await organisations.findById(before.id)).toEqual(before);
  });

  it('is the default one for an organisation that was stored before there were any', async () => {
    const { id } = await organisations.ensure(acme);
    await model.collection.updateOne({ _id: id as never }, { $unset: { 'provisioning.mapping': 1 } });

    expect((await organisations.findById(id))?.provisioning.mapping).toEqual({ rules: [], customFields: [] });
  });
});

describe('propertiesOf', () => {
  it('names what the rules read, each once, and leaves out what can not be read any more', () => {
    const rule = { field: 'jobTitle', apply: 'always', onEmpty: 'clear' } as const;
    const froms = ['city', '$uppercase(city & companyName)', 'skills', 'department &', '$now()', '"constant"'];

    expect(propertiesOf({ rules: froms.map((from) => ({ ...rule, from })) })).toEqual(['city', 'companyName']);
  });
});

describe('finding organisations', () => {
  it('knows the only one, as long as there is just one', async () => {
    expect(await organisations.findOnly()).toBeNull();
    const only = await organisations.ensure(acme);
    expect(await organisations.findOnly()).toEqual(only);

    await organisations.ensure(globex);
    expect(await organisations.findOnly()).toBeNull();
  });

  it('lists those whose provisioning is on and whose tenant is known', async () => {
    const { id } = await organisations.ensure(acme);
    const off = await organisations.ensure(globex);
    await model.updateOne({ _id: off.id }, { $set: { 'provisioning.enabled': false } });
    await model.create({ _id: 'unconnected', subdomain: 'initech', name: 'Initech' });

    expect(await organisations.provisionedIds()).toEqual([id]);
  });

  it('finds none where there is none', async () => {
    expect(await organisations.findBySubdomain('nobody')).toBeNull();
    expect(await organisations.findById('nobody')).toBeNull();
    expect(await organisations.revision('nobody')).toBeNull();
  });

  it('forgets the first owner when told', async () => {
    const { id } = await organisations.ensure({ ...acme, firstOwner: 'ada@acme.example' });

    await organisations.clearFirstOwner(id);

    expect((await organisations.findById(id))?.firstOwner).toBeNull();
  });
});

describe('changeProvisioning', () => {
  it('changes what is named, leaves the rest and raises the revision', async () => {
    const before = await organisations.ensure(acme);

    expect(await organisations.changeProvisioning(before.id, { invitations: 'immediately' })).toBe(true);

    const after = await organisations.findById(before.id);
    expect(after?.provisioning).toEqual({ ...before.provisioning, invitations: 'immediately' });
    expect(after?.revision).toBe(before.revision + 1);
  });

  it.each([
    [{ outOfScope: { keep: true, graceDays: 0 } }, /outOfScope\.graceDays/],
    [{ create: 'no' }, /create must be boolean/],
    [{ unheardOf: true }, /unheardOf|additional/],
  ])('refuses %j, says why and changes nothing', async (change, why) => {
    const { id, revision } = await organisations.ensure(acme);

    await expect(organisations.changeProvisioning(id, change as never)).rejects.toThrow(why);

    expect(await organisations.findById(id)).toMatchObject({ revision, provisioning: defaultProvisioning });
  });

  it('changes nothing for an unknown organisation', async () => {
    expect(await organisations.changeProvisioning('nobody', { invitations: 'off' })).toBe(false);
    expect(await model.countDocuments()).toBe(0);
  });
});

describe('the settings that need no keys', () => {
  it('are those of the organisations asked for, without a tenant', async () => {
    const { id } = await organisations.ensure(acme);
    await organisations.ensure(globex);

    const found = await createFindOpenSettings(model)([id, 'nobody']);

    expect([...found.keys()]).toEqual([id]);
    expect(found.get(id)).toMatchObject({ id, subdomain: 'acme', name: 'Acme', provisioning: { invitations: 'held' } });
    expect(JSON.stringify([...found.values()])).not.toMatch(/tenant/i);
  });

  it('hold invitations where an organisation is older than the setting', async () => {
    const { id } = await organisations.ensure(acme);
    await model.collection.updateOne({ _id: id } as object, { $unset: { 'provisioning.invitations': '' } });

    expect((await createFindOpenSettings(model)([id])).get(id)?.provisioning.invitations).toBe('held');
    expect((await organisations.findById(id))?.provisioning.invitations).toBe('held');
  });
});
