import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bus, createEmbeddedBus, type OutgoingRecord } from '@learnamp/bus';
import { encodeEvent, graphNotification, parseKeyRing, syncRequest } from '@learnamp/contracts';
import { buildApp as buildDirectorySync, type DirectorySyncDeps, type Timings } from '@learnamp/directory-sync';
import { type LearnerDocument, learnerModel } from '@learnamp/learners';
import { connectMongo } from '@learnamp/mongo';
import {
  createOrganisations,
  createSealBox,
  type Organisation,
  organisationModel,
  type ProvisioningSettings,
} from '@learnamp/organisations';
import { buildApp as buildProfileWriter } from '@learnamp/profile-writer';
import { createLogger } from '@learnamp/service';
import { workRecordModel } from '@learnamp/sync-state';
import { startMongo } from '@learnamp/testkit';
import type { Connection } from 'mongoose';
import type { Tenants } from './microsoft.ts';
import { watchBus } from './watched-bus.ts';

/** An organisation to be: its tenant and group. */
export interface Customer {
  readonly tenantId: string;
  readonly groupId: string;
  /** What differs from the settings of all. */
  readonly provisioning?: Partial<ProvisioningSettings>;
}

export interface ServicesOptions {
  readonly microsoft: Pick<Tenants, 'emulator' | 'clientId' | 'clientSecret'>;
  readonly customers: readonly Customer[];
  readonly now: () => Date;
  readonly provisioning?: Partial<ProvisioningSettings>;
  readonly timings?: Partial<Timings>;
  readonly workers?: number;
  readonly subscriptions?: DirectorySyncDeps['subscriptions'];
  /** Sees what is published, and says what is published in its place. */
  readonly publishing?: (records: readonly OutgoingRecord[]) => readonly OutgoingRecord[];
}

/** directory-sync and profile-writer as they are, on a real MongoDB and the embedded bus, in this process. */
export interface Services {
  readonly connection: Connection;
  readonly organisations: readonly Organisation[];
  readonly publish: (records: readonly OutgoingRecord[]) => Promise<void>;
  changeProvisioning(change: Partial<ProvisioningSettings>): Promise<void>;
  notify(organisationId: string, userIds: readonly string[]): Promise<void>;
  syncUsers(organisationId: string): Promise<void>;
  /** Waits until nothing is due, or under way, or waits in a topic; of these organisations, or of all. */
  settled(organisationIds?: readonly string[]): Promise<void>;
  learners(organisationId: string): Promise<LearnerDocument[]>;
  learner(organisationId: string, personId: string): Promise<LearnerDocument | null>;
  close(): Promise<void>;
}

const keys = (id: string) => parseKeyRing(`${id}:${randomBytes(32).toString('base64url')}`);

export async function startServices(options: ServicesOptions): Promise<Services> {
  const { microsoft, customers, now } = options;
  const mongo = await startMongo();
  const connection = await connectMongo({ uri: mongo.uri(), appName: 'figures' });
  const folder = await mkdtemp(join(tmpdir(), 'figures-'));
  const logger = createLogger('figures', process.env['LOG_LEVEL'] ?? 'silent');
  const onFatal = (error: Error) => {
    throw error;
  };
  const watched = watchBus(createEmbeddedBus({ directory: folder, logger, onFatal }), options.publishing);
  const { bus } = watched;
  const store = createOrganisations(organisationModel(connection), createSealBox(keys('s'), keys('b').current.key));
  const organisations: Organisation[] = [];
  for (const [index, { provisioning, ...customer }] of customers.entries()) {
    const made = await store.ensure({ subdomain: `customer-${index}`, name: `Customer ${index}`, ...customer });
    await store.changeProvisioning(made.id, { ...options.provisioning, ...provisioning });
    organisations.push(made);
  }
  const writer = await buildProfileWriter({ bus, connection, logger, clock: now });
  const sync = await buildDirectorySync({
    bus,
    connection,
    organisations: store,
    microsoft: {
      authorityHost: microsoft.emulator.authorityHost,
      graphBaseUrl: microsoft.emulator.graphBaseUrl,
      clientId: microsoft.clientId,
      credential: { secret: microsoft.clientSecret },
    },
    logger,
    clock: now,
    timings: { coalesce: 50, poll: 25, ...options.timings },
    ...(options.workers ? { workers: options.workers } : {}),
    ...(options.subscriptions ? { subscriptions: options.subscriptions } : {}),
  });
  const records = workRecordModel(connection);
  const isSettled = async (ids: readonly string[]) => {
    const found = await records.find({ _id: { $in: ids } }).lean();
    const soon = now().getTime() + 500;
    const idle = found.filter(
      ({ lease, settledRevision, dueAt }) => lease.holder === null && settledRevision > 0 && dueAt.getTime() > soon,
    );
    return idle.length === ids.length && watched.allConsumed();
  };
  return {
    connection,
    organisations,
    publish: (records) => bus.publish(records),
    changeProvisioning: async (change) => {
      for (const { id } of organisations) {
        await store.changeProvisioning(id, change);
        // As the loop that looks for changed settings will, a moment later.
        await records.updateOne({ _id: id }, { $set: { settledRevision: 0 } });
      }
    },
    notify: (organisationId, userIds) => bus.publish(notificationsOf(organisationId, userIds)),
    syncUsers: (organisationId) => bus.publish([fullSyncOf(organisationId)]),
    settled: async (ids = organisations.map(({ id }) => id)) => {
      while (!(await isSettled(ids)) || !(await isSettled(ids))) await new Promise((go) => setTimeout(go, 20));
    },
    learner: (organisationId, personId) =>
      learnerModel(connection)
        .findOne({ organisationId, 'sources.microsoft.personId': personId })
        .lean<LearnerDocument>(),
    learners: (organisationId) => learnerModel(connection).find({ organisationId }).lean<LearnerDocument[]>(),
    close: async () => {
      await sync.stop();
      await writer.stop();
      await bus.close();
      await connection.dropDatabase();
      await connection.close();
      await mongo.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const about = (organisationId: string) => ({
  organisationId,
  key: organisationId,
  source: 'figures',
  time: new Date(0),
});

function notificationsOf(organisationId: string, userIds: readonly string[]): Parameters<Bus['publish']>[0] {
  return userIds.map((objectId) =>
    encodeEvent(graphNotification, { organisationId, kind: 'users', objectId }, about(organisationId)),
  );
}

function fullSyncOf(organisationId: string): OutgoingRecord {
  const request = { requestId: randomUUID(), organisationId, mode: 'full', requestedBy: 'figures' } as const;
  return encodeEvent(syncRequest, request, about(organisationId));
}
