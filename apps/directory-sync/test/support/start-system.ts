import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedBus } from '@learnamp/bus';
import {
  encodeEvent,
  graphNotification,
  type GraphNotification,
  parseKeyRing,
  syncRequest,
  type SyncRequest,
  topics,
} from '@learnamp/contracts';
import { type DirectoryFile, type Emulator, type Faults, startEmulator } from '@learnamp/entra-emulator';
import { type LearnerDocument, learnerModel } from '@learnamp/learners';
import { connectMongo } from '@learnamp/mongo';
import {
  createOrganisations,
  createSealBox,
  type Organisation,
  organisationModel,
  type ProvisioningSettings,
} from '@learnamp/organisations';
import { createLogger, type RunningService } from '@learnamp/service';
import { type RealMongo, startMongo, testCaDirectory } from '@learnamp/testkit';
import type { Connection } from 'mongoose';
import { buildApp, createStores, type DirectorySyncDeps, type Stores, type Timings } from '../../src/index.ts';
import { aCompany, ROOT } from './company.ts';
import { type Change, graphDriver } from './graph-driver.ts';
import { smallApplier } from './small-applier.ts';
import { until } from './until.ts';
import { watchBus, type WatchedBus } from './watched-bus.ts';

/** Short where a test would wait, long where something must not happen by itself. */
const timings: Partial<Timings> = {
  coalesce: 20,
  gatherPerHint: 1,
  emptyRoundRetries: [100, 200],
  secondLookAfter: 600_000,
  poll: 25,
  progressEvery: 100,
  firstPause: 50,
  longestPause: 200,
};

export interface SystemOptions {
  readonly directory?: DirectoryFile;
  readonly timings?: Partial<Timings>;
  readonly subscriptions?: DirectorySyncDeps['subscriptions'];
  /** What differs from the defaults. */
  readonly provisioning?: Partial<ProvisioningSettings>;
}

/** directory-sync on a real MongoDB, the embedded bus and the local Microsoft, with a small writer behind it. */
export interface System {
  readonly emulator: Emulator;
  readonly faults: Faults;
  readonly watched: WatchedBus;
  readonly connection: Connection;
  readonly stores: Stores;
  readonly organisation: Organisation;
  /** Changes the directory. */
  readonly change: Change;
  /** Starts directory-sync, with other settings of subscriptions where they are given. */
  start(subscriptions?: DirectorySyncDeps['subscriptions']): Promise<void>;
  /** Stops directory-sync alone. */
  stop(): Promise<void>;
  changeProvisioning(change: Partial<Organisation['provisioning']>): Promise<void>;
  /** Lets time pass, for directory-sync and the local Microsoft alike. */
  advance(ms: number): void;
  now(): Date;
  hint(...hints: Omit<GraphNotification, 'organisationId'>[]): Promise<void>;
  request(request: Partial<SyncRequest>): Promise<void>;
  /** Waits until nothing is due or under way and everything published is applied. */
  settled(): Promise<void>;
  /** The person ids of the learners who are active. */
  active(): Promise<string[]>;
  learner(personId: string): Promise<LearnerDocument | null>;
  close(): Promise<void>;
}

export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const mongo: RealMongo = await startMongo();
  const connection = await connectMongo({ uri: mongo.uri(), appName: 'directory-sync-test' });
  const folder = await mkdtemp(join(tmpdir(), 'directory-sync-'));
  const logger = createLogger('directory-sync', process.env['LOG_LEVEL'] ?? 'silent');
  const fatal = (error: Error) => {
    throw error;
  };
  const watched = watchBus(createEmbeddedBus({ directory: folder, logger, onFatal: fatal }));
  const faults: Faults = {};
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const directory = options.directory ?? aCompany();
  const emulator = await startEmulator({
    directory,
    certificateDirectory: testCaDirectory(),
    faults,
    clock: now,
  });
  const [application] = emulator.applications;
  const keys = (id: string) => parseKeyRing(`${id}:${randomBytes(32).toString('base64url')}`);
  const organisations = createOrganisations(
    organisationModel(connection),
    createSealBox(keys('s'), keys('b').current.key),
  );
  const organisation = await organisations.ensure({
    subdomain: 'acme',
    name: 'Acme',
    tenantId: emulator.tenantId,
    groupId: ROOT,
  });
  await organisations.changeProvisioning(organisation.id, options.provisioning ?? {});
  const stores = createStores(connection);
  const apply = smallApplier(connection);
  await watched.bus.ensureTopics(Object.values(topics));
  const consumers = [
    await watched.bus.consume({ groupId: 'users', topics: [topics.directoryUsers.name], handle: apply.users }),
    await watched.bus.consume({ groupId: 'photos', topics: [topics.directoryPhotos.name], handle: apply.photos }),
    await watched.bus.consume({
      ...{ groupId: 'proposals', topics: [topics.directoryProposals.name] },
      handle: apply.proposals,
    }),
  ];
  let app: RunningService | undefined;
  const learners = learnerModel(connection);
  const about = { organisationId: organisation.id, key: organisation.id, source: 'a-test', time: new Date(0) };

  const system: System = {
    emulator,
    faults,
    watched,
    connection,
    stores,
    organisation,
    change: graphDriver(emulator),
    now,
    start: async (subscriptions = options.subscriptions) => {
      app = await buildApp({
        bus: watched.bus,
        connection,
        organisations,
        microsoft: {
          authorityHost: emulator.authorityHost,
          graphBaseUrl: emulator.graphBaseUrl,
          clientId: application?.appId ?? '',
          credential: { secret: application?.passwordCredentials[0]?.secretText ?? '' },
        },
        ...(subscriptions ? { subscriptions } : {}),
        logger,
        clock: now,
        timings: { ...timings, ...options.timings },
        workers: 1,
      });
    },
    stop: async () => {
      await app?.stop();
      app = undefined;
    },
    changeProvisioning: async (change) => {
      await organisations.changeProvisioning(organisation.id, change);
    },
    advance: (ms) => {
      ahead += ms;
    },
    hint: (...hints) =>
      watched.bus.publish(
        hints.map((hint) => encodeEvent(graphNotification, { organisationId: organisation.id, ...hint }, about)),
      ),
    request: async (request) => {
      const whole = { requestId: 'r1', organisationId: organisation.id, mode: 'full', requestedBy: 'olga' } as const;
      await watched.bus.publish([encodeEvent(syncRequest, { ...whole, ...request }, about)]);
    },
    settled: () =>
      until('nothing is due', async () => {
        if (!watched.allConsumed()) return false;
        const record = await stores.workRecords.findById(organisation.id).lean();
        if (!record || record.lease.holder !== null || record.settledRevision === 0) return false;
        // Retries and gathered hints of these timings come within half a second.
        return record.dueAt.getTime() > now().getTime() + 500 && watched.allConsumed();
      }),
    active: async () => {
      const found = await learners.find({ organisationId: organisation.id, active: true }).lean<LearnerDocument[]>();
      return found.map(({ sources }) => sources.microsoft?.personId ?? '').sort();
    },
    learner: (personId) => learners.findOne({ 'sources.microsoft.personId': personId }).lean<LearnerDocument>(),
    close: async () => {
      faults.beforeRequest = undefined;
      await system.stop();
      for (const consumer of consumers) await consumer.stop();
      await watched.bus.close();
      await emulator.stop();
      await connection.dropDatabase();
      await connection.close();
      await mongo.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return system;
}
