import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connectMongo, ensureIndexes } from '@learnamp/mongo';
import { type RealMongo, startMongo } from '@learnamp/testkit';
import type { Connection } from 'mongoose';
import { createRoles, roleModel, type Roles } from '../../src/index.ts';

let mongo: RealMongo;
let connection: Connection;
let roles: Roles;

beforeAll(async () => {
  mongo = await startMongo();
  connection = await connectMongo({ uri: mongo.uri(), appName: 'organisations-test' });
  roles = createRoles(roleModel(connection));
  await ensureIndexes(connection);
}, 120_000);

afterAll(async () => {
  await connection.close();
  await mongo.stop();
});

beforeEach(async () => {
  await roleModel(connection).deleteMany({});
});

describe('roles', () => {
  it('are Learner for whoever was given none', async () => {
    expect(await roles.roleOf('org-1', 'lrn_1')).toBe('Learner');
  });

  it('are what was given last, in that organisation alone', async () => {
    await roles.grant('org-1', 'lrn_1', 'Owner');
    expect(await roles.roleOf('org-1', 'lrn_1')).toBe('Owner');
    expect(await roles.roleOf('org-2', 'lrn_1')).toBe('Learner');

    await roles.grant('org-1', 'lrn_1', 'Admin');
    expect(await roles.roleOf('org-1', 'lrn_1')).toBe('Admin');
    expect(await roleModel(connection).countDocuments()).toBe(1);
  });

  it('tell the Owners of an organisation from its Admins and from those of others', async () => {
    await roles.grant('org-1', 'lrn_1', 'Owner');
    await roles.grant('org-1', 'lrn_2', 'Owner');
    await roles.grant('org-1', 'lrn_3', 'Admin');
    await roles.grant('org-2', 'lrn_4', 'Owner');

    expect((await roles.owners('org-1')).toSorted()).toEqual(['lrn_1', 'lrn_2']);
  });
});
