import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sampleCompany } from '@learnamp/entra-emulator';
import { learnerModel, membershipModel, photoModel, provisioningLogModel, runModel } from '@learnamp/learners';
import { eventually } from '../system/eventually.ts';
import { type Installation, startInstallation } from '../system/installation.ts';

jest.setTimeout(180_000);

const PEOPLE = 8;
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const staff = Array.from({ length: PEOPLE }, (_, number) => ({
  id: `7a000000-0000-4000-8000-0000000000${String(number + 10)}`,
  displayName: `Person ${number}`,
  userPrincipalName: `person${number}@vendor.example`,
  accountEnabled: true,
  userType: 'Member',
  jobTitle: 'Tester',
  department: number % 2 === 0 ? 'Quality' : 'Sales',
  ...(number === 0 && { photo: pixel }),
}));

describe('rebuild', () => {
  let installation: Installation;
  let whole: Record<string, object[]>;

  /** What there is to see, without versions, runs and times. */
  const shown = async () => {
    const { connection } = installation;
    const [learners, memberships, photos] = await Promise.all([
      learnerModel(connection).find().sort({ _id: 1 }).lean(),
      membershipModel(connection).find().sort({ learnerId: 1, teamId: 1 }).lean(),
      photoModel(connection).find().sort({ _id: 1 }).lean(),
    ]);
    return {
      learners: learners.map(({ _id, active, fields, primaryTeamId, manager }) => ({
        _id,
        active,
        fields,
        primaryTeamId,
        manager,
      })),
      memberships: memberships.map(({ learnerId, teamId }) => ({ learnerId, teamId })),
      photos: photos.map(({ _id, bytes }) => ({ _id, bytes: bytes?.toString('base64') ?? null })),
    };
  };

  /** Changes what is applied behind the services' back, as a fault in them might. */
  const damage = async () => {
    const { connection } = installation;
    const [one, another] = (await learnerModel(connection).find({ active: true }).sort({ _id: 1 }).lean()).map(
      ({ _id }) => _id,
    );
    if (one === undefined || another === undefined) throw new Error('nobody is there to be damaged');
    await learnerModel(connection).updateOne({ _id: one }, { 'fields.jobTitle': 'Wrong' });
    await membershipModel(connection).deleteMany({ learnerId: another });
    await photoModel(connection).updateMany({ bytes: { $ne: null } }, { bytes: Buffer.from('wrong') });
  };

  const photosAreRead = (runs: number) =>
    eventually(
      'the photo lanes have ended',
      async () => {
        const ended = await runModel(installation.connection).countDocuments({ mode: 'full', photos: { $ne: null } });
        return ended >= runs ? true : undefined;
      },
      90_000,
    );

  const ops = async (...args: readonly string[]) => {
    const { code, output, errors } = await installation.ops(...args);
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${errors}${output}`);
    return output;
  };

  beforeAll(async () => {
    installation = await startInstallation([sampleCompany()], staff);
    await photosAreRead(1);
    whole = await shown();
    expect(whole['learners']).toHaveLength(PEOPLE);
    expect(whole['memberships']).toHaveLength(PEOPLE);
  });
  afterAll(() => installation.stop());

  it('is what heals a damage that a full run takes for as wanted', async () => {
    await damage();
    const damaged = await shown();
    expect(damaged).not.toEqual(whole);

    expect(await ops('sync', '--organisation', 'own')).toContain('nothing to change');
    await photosAreRead(2);
    expect(await shown()).toEqual(damaged);

    const said = await ops('rebuild', '--organisation', 'own');
    await photosAreRead(3);
    expect(said).toContain(`the marks of ${PEOPLE} people are cleared`);
    await eventually('everything is as it was', async () => {
      return JSON.stringify(await shown()) === JSON.stringify(whole) ? true : undefined;
    });
  });

  it('changes nothing where nothing is wrong, and logs nothing', async () => {
    const logged = await provisioningLogModel(installation.connection).countDocuments();

    await ops('rebuild', '--organisation', 'own');
    await photosAreRead(4);

    expect(await shown()).toEqual(whole);
    expect(await provisioningLogModel(installation.connection).countDocuments()).toBe(logged);
  });
});
