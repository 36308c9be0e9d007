import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Bus, type ChaosOptions, createEmbeddedBus, deadLetterTopicOf, type OutgoingRecord } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import { organisationModel } from '@learnamp/organisations';
import { buildApp, type ProfileWriter } from '../src/index.ts';
import type { Mail } from '../src/mail/mail.ts';
import { photosEvent, usersEvent } from './fixtures/events.ts';
import { aLeaver, aPhotosMarker, aPhotoState, aRunMarker, aUserState, personIdOf } from './fixtures/states.ts';
import { openWriterDatabase, silent, tickingClock, type WriterDatabase } from './fixtures/writer-database.ts';

const PEOPLE = 60;

const people = Array.from({ length: PEOPLE }, (_, person) =>
  aUserState({ person, version: person + 2, managerId: personIdOf((person + 1) % PEOPLE) }),
);
const everything: OutgoingRecord[] = [
  usersEvent(aRunMarker({ version: 1 })),
  ...people.map(usersEvent),
  usersEvent(aRunMarker({ version: 100, stage: 'finished' })),
  ...people.slice(0, 5).map((_state, person) => photosEvent(aPhotoState({ person, version: person + 1 }))),
  photosEvent(aPhotosMarker({ version: 100 })),
  usersEvent(aLeaver({ person: 1, version: 101, runId: 'run-2' })),
  usersEvent(aRunMarker({ version: 102, runId: 'run-2', mode: 'delta', stage: 'finished' })),
];

describe('profile-writer', () => {
  let database: WriterDatabase;
  let directory: string;
  let bus: Bus;
  let writer: ProfileWriter | undefined;

  beforeEach(async () => {
    database = await openWriterDatabase();
    directory = await mkdtemp(join(tmpdir(), 'profile-writer-'));
  }, 120_000);
  afterEach(async () => {
    await writer?.stop();
    await bus.close();
    await database.close();
    await rm(directory, { recursive: true });
  });

  const openBus = (chaos?: ChaosOptions) => {
    const fatal: unknown[] = [];
    const backOff = { initialMs: 10, maxMs: 50 };
    const onFatal = (error: unknown) => fatal.push(error);
    bus = createEmbeddedBus({ directory, logger: silent, onFatal, backOff, ...(chaos ? { chaos } : {}) });
  };
  const start = async () => {
    writer = await buildApp({ bus, connection: database.connection, logger: silent, clock: tickingClock() });
    return writer;
  };
  const untilRuns = async (filter: object, count: number) => {
    const deadline = Date.now() + 40_000;
    while ((await database.runs.countDocuments(filter)) < count) {
      if (Date.now() > deadline) throw new Error(`no ${count} runs such as ${JSON.stringify(filter)} in 40 s`);
      await delay(20);
    }
  };
  /** Waits until everything is applied: both runs are closed, and the photo lane has ended. */
  const settled = async () => {
    await untilRuns({ finishedAt: { $ne: null } }, 2);
    await untilRuns({ photos: { $ne: null } }, 1);
  };
  /** Waits until both topics are applied as far as they go, by a run of its own behind everything else. */
  const caughtUp = async (runId: string) => {
    await bus.publish([
      usersEvent(aRunMarker({ runId, version: 200 })),
      photosEvent(aPhotosMarker({ runId, version: 200 })),
    ]);
    await untilRuns({ _id: runId, photos: { $ne: null }, version: { $type: 'string' } }, 1);
    await database.runs.deleteOne({ _id: runId });
  };
  const replay = async () => {
    await writer?.stop();
    const beginning = { kind: 'time', time: 0 } as const;
    await bus.seek(topics.directoryUsers.consumerGroup, topics.directoryUsers.name, beginning);
    await bus.seek(topics.directoryPhotos.consumerGroup, topics.directoryPhotos.name, beginning);
    await start();
    await caughtUp('run-after-replay');
  };

  it('applies what is published, the same under chaos as without', async () => {
    openBus({ seed: 7, duplicates: 0.3, maxDelayMs: 5 });
    await start();
    await bus.publish(everything);
    await settled();

    expect(await database.learners.countDocuments({ active: true })).toBe(PEOPLE - 1);
    expect(await database.provisioningLog.countDocuments()).toBe(PEOPLE + 1);
    const [first, second] = await database.runs.find().sort({ _id: 1 }).lean();
    expect(first).toMatchObject({ applied: { created: PEOPLE }, photos: { applied: 5 } });
    expect(first?.totals).toMatchObject({ managersLinked: PEOPLE, photos: 5, teams: 1 });
    expect(first?.managerCycles).toHaveLength(1);
    expect(second).toMatchObject({ applied: { deactivated: 1 }, totals: null });
  }, 60_000);

  it('tells who administers an organisation of a full run that failed', async () => {
    openBus();
    const sent: Mail[] = [];
    const send = (mail: Mail) => {
      sent.push(mail);
      return Promise.resolve({ kind: 'sent' } as const);
    };
    const mail = { send, homeOf: (subdomain: string) => `https://${subdomain}.learnamp.example` };
    const notifications = { summary: false, addresses: ['desk@it.example'] };
    const microsoft = { tenantSealed: 'x', tenantIndex: 'y', groupId: 'g' };
    const acme = { _id: 'acme', subdomain: 'acme', name: 'Acme', microsoft, notifications };
    await organisationModel(database.connection).create(acme);
    await database.users([aRunMarker({ version: 1, stage: 'finished', problem: 'the group was not found' })]);

    writer = await buildApp({ bus, connection: database.connection, logger: silent, clock: tickingClock(), mail });
    const deadline = Date.now() + 20_000;
    while (sent.length === 0 && Date.now() < deadline) await delay(20);

    expect(sent.map(({ to, subject }) => [to.address, subject])).toEqual([
      ['desk@it.example', 'Acme: people are not kept up to date'],
    ]);
  }, 60_000);

  it('changes nothing when both topics are replayed from their beginning', async () => {
    openBus();
    await start();
    await bus.publish(everything);
    await settled();
    const before = await database.snapshot('acme');

    await replay();

    expect(before['learners']).toHaveLength(PEOPLE);
    expect(await database.snapshot('acme')).toEqual(before);
  }, 60_000);

  it('brings back what the database has lost when both topics are replayed', async () => {
    openBus();
    await start();
    await bus.publish(everything);
    await settled();
    const { learners: before = [] } = await database.snapshot('acme');
    await Promise.all([database.learners.deleteMany({}), database.photos.deleteMany({})]);

    await replay();

    const { learners: after = [], photos } = await database.snapshot('acme');
    expect(after.map(withoutTimes)).toEqual(before.map(withoutTimes));
    expect(photos).toHaveLength(5);
  }, 60_000);

  it('parks what it cannot read and goes on with the rest', async () => {
    openBus();
    await start();
    const poison: OutgoingRecord = { ...usersEvent(aUserState({ person: 1, version: 1 })), value: Buffer.from('{"') };
    const forgotten: OutgoingRecord = { ...poison, key: 'acme:microsoft:gone', value: null };

    await bus.publish([poison, forgotten, usersEvent(aUserState({ person: 2, version: 2 }))]);
    await caughtUp('run-behind-poison');

    const parked: string[] = [];
    for await (const { value } of bus.read({ topic: deadLetterTopicOf(topics.directoryUsers.name) })) {
      parked.push(String(value));
    }
    expect(parked).toEqual(['{"']);
    expect(await database.learners.countDocuments()).toBe(1);
  }, 60_000);

  it('says that it is live and ready, and not ready without its database', async () => {
    openBus();
    const { health } = await start();

    expect([health.live(), await health.ready()]).toEqual([true, true]);
    await database.connection.close();
    expect([health.live(), await health.ready()]).toEqual([true, false]);
    await database.connection.openUri(database.uri);
  }, 60_000);
});

const withoutTimes = (document: object) => ({ ...document, createdAt: undefined, updatedAt: undefined });
