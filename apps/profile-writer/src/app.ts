import type { Bus, Consumer } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import { ensureIndexes } from '@learnamp/mongo';
import { apiTokenModel, createFindOpenSettings, organisationModel } from '@learnamp/organisations';
import type { Health, Logger, RunningService } from '@learnamp/service';
import { heldSetModel, personRecordModel, workRecordModel } from '@learnamp/sync-state';
import mongoose, { type Connection } from 'mongoose';
import { collectionsOf } from './collections.ts';
import { createCommandRecordsHandler } from './commands/command-records-handler.ts';
import { createPhotoRecordsHandler } from './intake/photo-records-handler.ts';
import { createProposalRecordsHandler } from './intake/proposal-records-handler.ts';
import { createUserRecordsHandler } from './intake/user-records-handler.ts';
import type { MailRoundDeps } from './invitations/mail-round.ts';
import { mailerModel } from './invitations/mailer-model.ts';
import { runMailer } from './invitations/run-mailer.ts';
import { runNotices } from './notices/run-notices.ts';

export interface ProfileWriterDeps {
  readonly bus: Bus;
  readonly connection: Connection;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** How mails are sent; without it invitations stay queued, and nobody is told how it is. */
  readonly mail?: Pick<MailRoundDeps, 'send' | 'homeOf'>;
}

/** The service while it runs. `stop` ends its consumers; bus and connection are closed by whoever opened them. */
export interface ProfileWriter extends RunningService {
  readonly health: Health;
}

// A photo may have almost a megabyte: a batch stays well under what one write to MongoDB carries (48 MB).
const PHOTOS_AT_ONCE = 40;

const STUCK_AFTER_MS = 120_000;

/** Starts the writer: collections and topics are made where they are missing, then the topics are consumed. */
export async function buildApp(app: ProfileWriterDeps): Promise<ProfileWriter> {
  const { bus, connection, logger, clock } = app;
  const parts = partsOf(app);
  await ensureIndexes(connection);
  const { directoryUsers, directoryPhotos, directoryProposals, learnerCommands } = topics;
  await bus.ensureTopics([directoryUsers, directoryPhotos, directoryProposals, learnerCommands]);
  // One group a topic, so that photos and previews never hold people up.
  const consumers = [
    await bus.consume({
      groupId: directoryUsers.consumerGroup,
      topics: [directoryUsers.name],
      handle: createUserRecordsHandler(parts),
    }),
    await bus.consume({
      groupId: directoryPhotos.consumerGroup,
      topics: [directoryPhotos.name],
      handle: createPhotoRecordsHandler(parts),
      maxBatch: PHOTOS_AT_ONCE,
    }),
    await bus.consume({
      groupId: directoryProposals.consumerGroup,
      topics: [directoryProposals.name],
      handle: createProposalRecordsHandler(parts),
    }),
    await bus.consume({
      groupId: learnerCommands.consumerGroup,
      topics: [learnerCommands.name],
      handle: createCommandRecordsHandler(parts),
    }),
  ];
  const stopMailers = startMailers(app, parts);
  logger.info('profile-writer started');
  const stop = async () => {
    await Promise.all([...consumers.map((consumer) => consumer.stop()), stopMailers()]);
  };
  return { stop, health: healthOf(consumers, connection, clock) };
}

function partsOf({ bus, connection, clock, logger }: ProfileWriterDeps) {
  return {
    collections: collectionsOf(connection),
    findSettings: createFindOpenSettings(organisationModel(connection)),
    mailers: mailerModel(connection),
    organisations: organisationModel(connection),
    ...readAlone(connection),
    emptyKeys: async (topic: string, organisationId: string, keys: readonly string[]) =>
      bus.publish(keys.map((key) => ({ topic, partitionBy: organisationId, key, value: null }))),
    clock,
    logger,
  };
}

/** What others write, by which is noticed how it is with an organisation. */
const readAlone = (connection: Connection) => ({
  heldSets: heldSetModel(connection),
  workRecords: workRecordModel(connection),
  personRecords: personRecordModel(connection),
  apiTokens: apiTokenModel(connection),
});

/** Answers with how to stop them. */
function startMailers({ mail, connection, logger }: ProfileWriterDeps, parts: ReturnType<typeof partsOf>) {
  if (!mail) {
    logger.warn('no mail server is set, so invitations are recorded and not sent, and there are no notices');
    return () => Promise.resolve();
  }
  const stopping = new AbortController();
  const deps = { ...parts, ...parts.collections, ...mail, connection };
  const running = [runMailer(deps, stopping.signal), runNotices(deps, stopping.signal)];
  return async () => {
    stopping.abort();
    await Promise.all(running);
  };
}

function healthOf(consumers: readonly Consumer[], connection: Connection, clock: () => Date): Health {
  const alive = (consumer: Consumer) => {
    const { state, lastProgressAt } = consumer.health();
    return state !== 'dead' && clock().getTime() - lastProgressAt < STUCK_AFTER_MS;
  };
  const live = () => consumers.every(alive);
  return { live, ready: () => live() && connection.readyState === mongoose.STATES.connected };
}
