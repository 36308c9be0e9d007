import type { Bus, Consumer } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import { ensureIndexes } from '@learnamp/mongo';
import type { Health, Logger, RunningService } from '@learnamp/service';
import mongoose, { type Connection } from 'mongoose';
import { collectionsOf } from './collections.ts';
import { createPhotoRecordsHandler } from './intake/photo-records-handler.ts';
import { createUserRecordsHandler } from './intake/user-records-handler.ts';

export interface ProfileWriterDeps {
  readonly bus: Bus;
  readonly connection: Connection;
  readonly logger: Logger;
  readonly clock: () => Date;
}

/** The service while it runs. `stop` ends its consumers; bus and connection are closed by whoever opened them. */
export interface ProfileWriter extends RunningService {
  readonly health: Health;
}

/** The consumer groups, one a topic, so that photos never hold people up. */
export const consumerGroups = { users: 'profile-writer.users', photos: 'profile-writer.photos' } as const;

// A photo may have almost a megabyte: a batch stays well under what one write to MongoDB carries (48 MB).
const PHOTOS_AT_ONCE = 40;

const STUCK_AFTER_MS = 120_000;

/** Starts the writer: collections and topics are made where they are missing, then both topics are consumed. */
export async function buildApp({ bus, connection, logger, clock }: ProfileWriterDeps): Promise<ProfileWriter> {
  const deps = { collections: collectionsOf(connection), clock, logger };
  await ensureIndexes(connection);
  await bus.ensureTopics([topics.directoryUsers, topics.directoryPhotos]);
  const users = await bus.consume({
    groupId: consumerGroups.users,
    topics: [topics.directoryUsers.name],
    handle: createUserRecordsHandler(deps),
  });
  const photos = await bus.consume({
    groupId: consumerGroups.photos,
    topics: [topics.directoryPhotos.name],
    handle: createPhotoRecordsHandler(deps),
    maxBatch: PHOTOS_AT_ONCE,
  });
  logger.info('profile-writer started');
  const stop = async () => {
    await Promise.all([users.stop(), photos.stop()]);
  };
  return { stop, health: healthOf([users, photos], connection, clock) };
}

function healthOf(consumers: readonly Consumer[], connection: Connection, clock: () => Date): Health {
  const alive = (consumer: Consumer) => {
    const { state, lastProgressAt } = consumer.health();
    return state !== 'dead' && clock().getTime() - lastProgressAt < STUCK_AFTER_MS;
  };
  const live = () => consumers.every(alive);
  return { live, ready: () => live() && connection.readyState === mongoose.STATES.connected };
}
