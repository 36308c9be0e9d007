import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createSealBox,
  organisationModel,
  type SealBox,
  sftpSecretPlace,
  sftpSettingsModel,
  tenantPlace,
} from '@learnamp/organisations';
import { subscriptionModel } from '@learnamp/sync-state';
import { sealedValues } from '../../src/keys/sealed-values.ts';
import { type Operator, startOperatorAlone } from '../support/operator.ts';

let operator: Operator;
const keyOf = (number: number) => Buffer.alloc(32, number);
const written = (number: number) => `k${number}:${keyOf(number).toString('base64url')}`;

/** A box that has one key alone. */
const boxOf = (number: number): SealBox => {
  const current = { id: `k${number}`, key: keyOf(number) };
  return createSealBox({ current, find: (id) => (id === current.id ? current.key : undefined) }, keyOf(1));
};

const run = (command: string, keys: string) =>
  operator.run(command, { env: { MONGODB_URI: operator.uri, SEALING_KEYS: keys } });

const TENANT_ID = '5c1d9a77-2f0b-4c58-9d8e-0f6f3f1b2a01';

beforeAll(async () => {
  operator = await startOperatorAlone();
  const { connection, acme } = operator;
  const organisationId = acme.id;
  await sftpSettingsModel(connection).create({
    ...{
      _id: organisationId,
      host: 'sftp.acme.example',
      port: 22,
      username: 'acme',
      hostKey: 'SHA256:x',
      folder: '/in',
    },
    ...{ secretKind: 'password', secretSealed: await boxOf(1).seal('a-password', sftpSecretPlace(organisationId)) },
  });
  await subscriptionModel(connection).create({
    ...{
      _id: 'subscription',
      organisationId,
      kind: 'users',
      subscriptionId: 's',
      notificationUrl: 'https://x.example',
    },
    ...{ expiresAt: new Date(), seenAt: null, tenantIndex: 'i' },
    tenantSealed: await boxOf(1).seal(TENANT_ID, tenantPlace(organisationId)),
  });
}, 180_000);
afterAll(() => operator.stop());

/** All that is sealed, opened by one key alone. */
const openedBy = async (number: number): Promise<string[]> => {
  const { connection, acme } = operator;
  const [box, organisationId] = [boxOf(number), acme.id];
  const organisation = await organisationModel(connection).findById(organisationId).lean().orFail();
  const subscription = await subscriptionModel(connection).findOne({ organisationId }).lean().orFail();
  const sftp = await sftpSettingsModel(connection).findById(organisationId).lean().orFail();
  return Promise.all([
    box.open(organisation.microsoft?.tenantSealed ?? '', tenantPlace(organisationId)),
    box.open(subscription.tenantSealed ?? '', tenantPlace(organisationId)),
    box.open(sftp.secretSealed, sftpSecretPlace(organisationId)),
  ]);
};

describe('keys rotate', () => {
  it('with --dry-run says which key seals what, and changes nothing', async () => {
    const before = await openedBy(1);

    const dry = await run('keys rotate --dry-run', `${written(2)},${written(1)}`);

    expect(dry.code).toBe(1);
    expect(dry.out).toMatch(/^organisations +k1 +1$/m);
    expect(dry.out).toContain('k1 is still needed: 3 values are sealed by it');
    expect(await openedBy(1)).toEqual(before);
    await expect(openedBy(2)).rejects.toMatchObject({ code: 'seal-broken' });
  });

  it('seals everything anew by the first key, so that it alone opens it, and what is said stays', async () => {
    const organisation = await organisationModel(operator.connection).findById(operator.acme.id).lean().orFail();

    const ended = await run('keys rotate', `${written(2)},${written(1)}`);

    expect(ended.code).toBe(0);
    expect(ended.out).toContain('only k2 is needed: other keys may be taken out of SEALING_KEYS');
    expect(await openedBy(2)).toEqual([TENANT_ID, TENANT_ID, 'a-password']);
    await expect(openedBy(1)).rejects.toMatchObject({ code: 'seal-broken' });
    const { microsoft, ...rest } = await organisationModel(operator.connection)
      .findById(operator.acme.id)
      .lean()
      .orFail();
    expect({ ...rest, index: microsoft?.tenantIndex }).toEqual({
      ...{ ...organisation, microsoft: undefined, index: organisation.microsoft?.tenantIndex },
    });
    expect(ended.out + ended.err).not.toContain('a-password');
    expect(await run('keys rotate', written(2))).toMatchObject({ code: 0 });
    expect(await openedBy(2)).toEqual([TENANT_ID, TENANT_ID, 'a-password']);
  });

  it('leaves what no key opens as it is, says whose it is, and goes on with the others', async () => {
    const { connection, acme } = operator;
    const lost = await boxOf(9).seal(TENANT_ID, tenantPlace(acme.id));
    await subscriptionModel(connection).updateOne({}, { tenantSealed: lost });

    const ended = await run('keys rotate', `${written(3)},${written(2)}`);

    expect(ended.code).toBe(1);
    expect(ended.out).toContain(`subscriptions of ${acme.id} can't be opened: its key k9 is not in SEALING_KEYS`);
    expect(ended.out).toMatch(/^organisations +k3 +1$/m);
    expect((await subscriptionModel(connection).findOne().lean())?.tenantSealed).toBe(lost);
    await subscriptionModel(connection).updateOne({}, { tenantSealed: null });
  });

  it('does not write over what somebody changed after it was read', async () => {
    const { connection, acme } = operator;
    const fresh = await boxOf(3).seal('a-newer-password', sftpSecretPlace(acme.id));
    for await (const value of sealedValues(connection)) {
      if (value.collection !== 'sftpSettings') continue;
      await sftpSettingsModel(connection).updateOne({ _id: acme.id }, { secretSealed: fresh });
      expect(await value.replace('an-older-one')).toBe(false);
    }
    expect((await sftpSettingsModel(connection).findById(acme.id).lean())?.secretSealed).toBe(fresh);
  });

  it('says that somebody is connecting a tenant under an old key', async () => {
    const expiresAt = new Date(Date.now() + 60_000);
    const answerSealed = await boxOf(2).seal('x', { organisationId: operator.acme.id, field: 'answer' });
    await operator.connection.collection('tenantClaims').insertOne({ expiresAt, answerSealed });

    const ended = await run('keys rotate', `${written(3)},${written(2)}`);

    expect(ended).toMatchObject({ code: 0, out: expect.stringContaining('k2: tenants are being connected under it') });
    expect(ended.out).not.toContain('may be taken out');
  });

  it('is refused with code 2 without keys', async () => {
    expect(await operator.run('keys rotate')).toMatchObject({
      code: 2,
      err: expect.stringContaining('SEALING_KEYS is missing'),
    });
  });
});
