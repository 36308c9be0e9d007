import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { partitionOf } from '@learnamp/bus';
import { encodeEvent, type LearnerAction, learnerCommand, learnerCommandKey, topics } from '@learnamp/contracts';
import { photoState, photoStateKey, userState, type UserState, userStateKey } from '@learnamp/contracts';
import { sampleCompany, type UserEntry } from '@learnamp/entra-emulator';
import { commandOutcomeModel, learnerModel, runModel } from '@learnamp/learners';
import { organisationModel } from '@learnamp/organisations';
import { eventually } from '../system/eventually.ts';
import { type Installation, startInstallation } from '../system/installation.ts';
import { whereAre } from './canaries.ts';

jest.setTimeout(240_000);

const [DELE, RITA, SAM] = [10, 11, 12].map((number) => `7a000000-0000-4000-8000-0000000000${number}`) as [
  string,
  string,
  string,
];
const UPN = 'zephyrine.canary@vendor.example';
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const OWN_PHOTO = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/e+m+7wAAAABJRU5ErkJggg==';

const person = (id: string, name: string, more: Partial<UserEntry> = {}): UserEntry => ({
  id,
  displayName: name,
  userPrincipalName: `${name.toLowerCase().replace(' ', '.')}@vendor.example`,
  accountEnabled: true,
  userType: 'Member',
  department: 'Quality',
  ...more,
});

const staff = [
  person(DELE, 'Zephyrine Canary', { employeeId: 'E-CANARY-77', jobTitle: 'Keeper of canaries', photo: PIXEL }),
  person(RITA, 'Rita Report', { manager: { id: DELE } }),
  person(SAM, 'Sam Other', { photo: PIXEL }),
];

/** Texts that are nobody else's. Sam has the same photo, which is why it isn't one of them. */
const canaries = [UPN, 'Zephyrine', 'canaries', 'E-CANARY-77', OWN_PHOTO];

describe('erase', () => {
  let installation: Installation;
  let organisationId: string;
  let deleId: string;

  const ops = async (...args: readonly string[]) => {
    const { code, output, errors } = await installation.ops(...args);
    return { code, said: `${output}${code === 0 ? '' : errors}` };
  };
  const works = async (...args: readonly string[]) => {
    const { code, said } = await ops(...args);
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${said}`);
    return said;
  };
  const learnerOf = (personId: string) =>
    learnerModel(installation.connection).findOne({ 'sources.microsoft.personId': personId }).lean();

  const command = async (commandId: string, action: LearnerAction) => {
    const said = { commandId, organisationId, requestedBy: 'test', action };
    const about = { organisationId, key: learnerCommandKey(said), source: 'test', time: new Date() };
    await installation.bus.publish([encodeEvent(learnerCommand, said, about)]);
    await eventually(`${commandId} is carried out`, async () =>
      (await commandOutcomeModel(installation.connection).exists({ _id: commandId })) ? true : undefined,
    );
  };

  /** What was said of somebody once, said again by who should not, and too late. */
  const lateState = async (personId: string, sequence: number) => {
    const about = { organisationId, source: 'test', time: new Date() };
    const none = { jobTitle: null, department: null, location: null, language: null, hireDate: null };
    const fields = { firstName: 'Zephyrine', lastName: 'Canary', displayName: 'Zephyrine Canary', email: UPN, ...none };
    const state: UserState = {
      ...{ organisationId, source: 'microsoft', personId, version: `0000009000-${String(sequence).padStart(12, '0')}` },
      ...{
        hash: 'e'.repeat(64),
        runId: 'late',
        active: true,
        userPrincipalName: UPN,
        userType: 'Member',
        managerId: null,
      },
      fields,
    };
    const photo = { etag: '"AA"', mediaType: 'image/png' as const, base64: OWN_PHOTO };
    const photoSaid = { organisationId, personId, version: state.version, runId: 'late', photo };
    await installation.bus.publish([
      encodeEvent(userState, state, { ...about, key: userStateKey(state) }),
      encodeEvent(photoState, photoSaid, { ...about, key: photoStateKey(photoSaid) }),
    ]);
  };

  /** Puts something of Dele where services keep things that no test of theirs makes here. */
  const leaveTraces = async () => {
    const { connection, bus } = installation;
    const theirs = { organisationId, learnerId: deleId, note: UPN };
    const by = (name: string) => connection.collection<{ _id: string; [field: string]: unknown }>(name);
    for (const name of ['sessions', 'knownBrowsers', 'redemptions', 'signInTraces', 'apiTokens']) {
      await by(name).insertOne({ _id: `of-dele-${name}`, ...theirs, hash: `of-dele-${name}` });
    }
    await by('signInLinks').insertOne({ _id: `${organisationId}:${DELE}`, ...theirs });
    await by('passwords').insertOne({ _id: deleId, ...theirs });
    const row = (line: number, email: string) => ({
      ...{ _id: `list:${line}`, importId: 'list', organisationId, line, problem: null },
      action: { kind: 'import', active: true, fields: { email } },
    });
    await connection
      .collection<{ _id: string }>('importRows')
      .insertMany([row(2, UPN), row(3, 'sam.other@vendor.example')]);
    const addresses = [UPN, 'sam.other@vendor.example'];
    await by('organisations').updateOne({ _id: organisationId }, { $set: { 'notifications.addresses': addresses } });
    const raw = { topic: topics.directoryUsers.name, partitionBy: organisationId, key: organisationId, headers: {} };
    await bus.publish([
      { ...raw, value: Buffer.from(`{"broken": "${UPN}`) },
      { ...raw, value: Buffer.from('{"broken": "sam.other@vendor.example') },
    ]);
    await eventually('both are dead letters', async () =>
      (await ops('dead-letters', 'list')).said.match(/directory\.users\//g)?.length === 2 ? true : undefined,
    );
  };

  beforeAll(async () => {
    installation = await startInstallation([sampleCompany()], staff);
    const { connection } = installation;
    await eventually(
      'the photo lane has ended',
      async () => ((await runModel(connection).countDocuments({ photos: { $ne: null } })) > 0 ? true : undefined),
      90_000,
    );
    const dele = await learnerOf(DELE);
    if (!dele) throw new Error('Dele is no learner');
    ({ organisationId, _id: deleId } = dele);
    const fields = Object.fromEntries(Object.keys(dele.fields).map((name) => [name, null])) as typeof dele.fields;
    await command('by-hand', {
      ...{ kind: 'import', learnerId: deleId, active: true, employeeId: 'E-CANARY-77' },
      fields: { ...fields, email: UPN, displayName: 'Zephyrine Canary' },
    });
    await command('own-photo', { kind: 'set-own-photo', learnerId: deleId, base64: OWN_PHOTO });
    await works('sync', '--organisation', 'own', '--person', DELE);
    await works('explain', '--organisation', 'own', UPN, '--fresh');
    await leaveTraces();
    const letters = (await ops('dead-letters', 'list')).said
      .split('\n')
      .filter((line) => line.includes('directory.users/'));
    await works('dead-letters', 'discard', letters[1]?.split(' ')[0] ?? '', '--yes');
  });
  afterAll(() => installation.stop());

  it('finds the person in many places before, and says so when it only looks', async () => {
    const places = await whereAre(installation, canaries);
    expect(places).toEqual(
      expect.arrayContaining([
        ...['importRows', 'inspections', 'learners', 'ownPhotos', 'passwords', 'personRecords', 'provisioningLog'],
        ...['sessions', 'directory.users', 'directory.users.dead-letters', 'learner.commands'],
      ]),
    );

    const { code, said } = await ops('erase', '--organisation', 'own', UPN, '--dry-run');

    expect(code).toBe(0);
    expect(said).toMatch(/^MongoDB +learners +1 +\d$/m);
    expect(await learnerOf(DELE)).not.toBeNull();
  });

  it('removes nothing without a yes, and is refused with code 2 for nobody', async () => {
    const places = await whereAre(installation, canaries);

    expect((await ops('erase', '--organisation', 'own', UPN)).code).toBe(2);
    expect((await ops('erase', '--organisation', 'own', 'nobody@vendor.example', '--yes')).code).toBe(2);

    expect(await whereAre(installation, canaries)).toEqual(places);
  });

  it('leaves nothing of them in any collection, and nothing but superseded records in topics', async () => {
    const sam = await learnerOf(SAM);

    const said = await works('erase', '--organisation', 'own', UPN, '--yes');

    expect(said).toContain('Nothing is left of them');
    const left = await whereAre(installation, canaries);
    expect(left.filter((place) => !['directory.users', 'directory.photos'].includes(place))).toEqual([]);
    expect(await learnerOf(SAM)).toEqual(sam);
    expect(await learnerOf(RITA)).toMatchObject({ active: true, manager: { personId: DELE, learnerId: null } });
    const rows = await installation.connection
      .collection<{ action: object | null; problem: string | null; line: number }>('importRows')
      .find()
      .sort({ line: 1 })
      .toArray();
    expect(rows.map(({ action, problem }) => [action !== null, problem])).toEqual([
      [false, 'The person of this row was erased.'],
      [true, null],
    ]);
    const organisation = await organisationModel(installation.connection).findById(organisationId).lean();
    expect(organisation?.notifications?.addresses).toEqual(['sam.other@vendor.example']);
  });

  it('keeps the dead letters of others, and what was answered to them', async () => {
    expect((await ops('dead-letters', 'list', '--all')).said.match(/^directory\.users\/.*$/gm)).toEqual([
      expect.stringContaining(' discarded '),
    ]);
  });

  it('notes in the audit log that it was done, and not to whom', async () => {
    expect(await works('audit', 'list', '--organisation', 'own')).toContain('person erased');
    expect(await works('audit', 'verify', '--organisation', 'own')).not.toContain('broken');
  });

  it('lets no late event bring them back, of which the topic keeps nothing either', async () => {
    const newcomer = '7a000000-0000-4000-8000-000000000099';
    await lateState(DELE, 1);
    await lateState(newcomer, 2);

    // The same event of somebody else does make a learner.
    await eventually('the other one is there', async () => ((await learnerOf(newcomer)) ? true : undefined));
    expect(await learnerOf(DELE)).toBeNull();
    await works('erase', '--organisation', 'own', newcomer, '--yes');
    const left = await whereAre(installation, canaries);
    expect(left.filter((place) => !['directory.users', 'directory.photos'].includes(place))).toEqual([]);
  });

  it('stays so after a full run, though the group still has them', async () => {
    await works('sync', '--organisation', 'own');

    const run = await runModel(installation.connection).findOne({ mode: 'full' }).sort({ startedAt: -1 }).lean();
    expect(run?.skipped).toEqual([{ reason: 'erased', people: 1, first: [] }]);
    expect(await learnerOf(DELE)).toBeNull();
    expect((await ops('explain', '--organisation', 'own', DELE)).said).toContain('the person was erased');
  });

  it('leaves nothing in the topics once Kafka has compacted them', async () => {
    const { bus } = installation;
    const quick = { 'segment.ms': '200', 'min.cleanable.dirty.ratio': '0.001', 'max.compaction.lag.ms': '200' };
    const partition = partitionOf(organisationId, topics.directoryUsers.partitions);
    for (const { name } of [topics.directoryUsers, topics.directoryPhotos]) await bus.configureTopic(name, quick);
    let filler = 0;
    const { fact: left } = await eventually(
      'the topics are compacted',
      async () => {
        // What is written last is in a segment that no compaction touches.
        for (const topic of [topics.directoryUsers.name, topics.directoryPhotos.name]) {
          const record = { topic, partition, key: Buffer.from(`filler-${(filler += 1)}`), value: null, headers: {} };
          await bus.append([record]);
        }
        const places = await whereAre(installation, canaries);
        return places.length === 0 ? places : undefined;
      },
      120_000,
    );
    expect(left).toEqual([]);
  });

  it('can be lifted, and then the person comes again', async () => {
    expect((await ops('erase', '--organisation', 'own', '--lift', SAM)).code).toBe(1);
    await works('erase', '--organisation', 'own', '--lift', DELE);
    await works('sync', '--organisation', 'own');

    await eventually('Dele is a learner', async () => ((await learnerOf(DELE))?.active ? true : undefined));
    expect((await learnerOf(DELE))?.sources.manual).toBeUndefined();
  });
});
