import { startAuthGateway } from '@learnamp/auth-gateway';
import type { Bus } from '@learnamp/bus';
import { parseKeyRing } from '@learnamp/contracts';
import { buildApp as buildDirectorySync, type MicrosoftSettings } from '@learnamp/directory-sync';
import { issueCertificate } from '@learnamp/entra-emulator';
import { connectMongo } from '@learnamp/mongo';
import { createOrganisations, createSealBox, organisationModel } from '@learnamp/organisations';
import { buildApp as buildProfileWriter, createHomeOf, createOutboxMail, outboxModel } from '@learnamp/profile-writer';
import { cloudOf, createCredentialChoice, credentialsOf, type Logger } from '@learnamp/service';
import { buildApp as buildWebhookIngest } from '@learnamp/webhook-ingest';
import { readFile } from 'node:fs/promises';
import { certificateDirectory } from './authority.ts';
import type { Closers } from './closers.ts';
import type { Keys } from './keys.ts';
import type { Microsoft } from './microsoft.ts';

/** What the four services of this process share. */
export interface Shared {
  readonly bus: Bus;
  readonly mongoUri: string;
  readonly microsoft: Microsoft;
  readonly keys: Keys;
  readonly subdomain: string;
  readonly port: number;
  /** The public address of webhook-ingest; undefined where no subscription is to be made. */
  readonly notificationUrl: string | undefined;
  /** The log of one service. */
  readonly loggerOf: (service: string) => Logger;
}

/** Starts the four services, each with a connection of its own, as if they were alone. */
export async function startServices(shared: Shared, closers: Closers): Promise<void> {
  await startWriter(shared, closers);
  await startIngest(shared, closers);
  await startGateway(shared, closers);
  await startSync(shared, closers);
}

async function connect({ mongoUri }: Shared, appName: string, closers: Closers) {
  const connection = await connectMongo({ uri: mongoUri, appName });
  closers.add(() => connection.close());
  return connection;
}

async function startWriter(shared: Shared, closers: Closers): Promise<void> {
  const connection = await connect(shared, 'profile-writer', closers);
  const logger = shared.loggerOf('profile-writer');
  const clock = () => new Date();
  const origin = `localhost:${shared.port}`;
  const mail = {
    send: createOutboxMail(outboxModel(connection), clock),
    homeOf: createHomeOf(`http://${origin}`, origin),
  };
  const writer = await buildProfileWriter({ bus: shared.bus, connection, logger, clock, mail });
  closers.add(() => writer.stop());
}

async function startIngest({ bus, keys, microsoft, port, loggerOf }: Shared, closers: Closers): Promise<void> {
  const tls = microsoft.emulator ? await localCertificate() : undefined;
  const server = buildWebhookIngest({
    bus,
    keys: parseKeyRing(keys.clientState),
    logger: loggerOf('webhook-ingest'),
    ...(tls ? { tls } : {}),
  });
  closers.add(() => server.close());
  await server.listen({ port: port + 1, host: '127.0.0.1' });
}

/** Graph posts to https addresses only, and the local Microsoft trusts the authority that this comes from. */
async function localCertificate() {
  const { certFile, keyFile } = await issueCertificate(certificateDirectory(), ['localhost']);
  return { cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') };
}

async function startGateway(shared: Shared, closers: Closers): Promise<void> {
  const { microsoft, keys, port, bus, loggerOf, notificationUrl } = shared;
  const connection = await connect(shared, 'auth-gateway', closers);
  const gateway = await startAuthGateway(
    {
      PORT: port,
      HOST: '127.0.0.1',
      DRAIN_SECONDS: 0,
      LOG_LEVEL: 'info',
      MONGODB_URI: shared.mongoUri,
      KAFKA_BROKERS: 'given',
      KAFKA_REPLICATION_FACTOR: 1,
      ORGANISATION_HOST_SUFFIX: `localhost:${port}`,
      CENTRAL_ORIGIN: `http://localhost:${port}`,
      TRUSTED_PROXIES: '',
      API_REQUESTS_PER_MINUTE: 600,
      API_REQUESTS_PER_MINUTE_AND_ADDRESS: 6_000,
      ...microsoft.application,
      SESSION_SIGNING_KEY: keys.sessionSigning,
      SEALING_KEYS: keys.sealing,
      BLIND_INDEX_KEY: keys.blindIndex,
      ...(notificationUrl ? { NOTIFICATION_URL: notificationUrl } : {}),
      ORGANISATION_SUBDOMAIN: shared.subdomain,
      ORGANISATION_NAME: microsoft.organisationName,
      AZURE_TENANT_ID: microsoft.tenantId,
      AZURE_GROUP_ID: microsoft.groupId,
      ...(microsoft.owner ? { ORGANISATION_OWNER: microsoft.owner } : {}),
    },
    { bus, connection, logger: loggerOf('auth-gateway') },
  );
  closers.add(() => gateway.stop());
}

async function startSync(shared: Shared, closers: Closers): Promise<void> {
  const { keys, bus, notificationUrl } = shared;
  const connection = await connect(shared, 'directory-sync', closers);
  const seals = createSealBox(parseKeyRing(keys.sealing), parseKeyRing(keys.blindIndex).current.key);
  const sync = await buildDirectorySync({
    bus,
    connection,
    organisations: createOrganisations(organisationModel(connection), seals),
    microsoft: microsoftSettings(shared.microsoft),
    ...(notificationUrl ? { subscriptions: { notificationUrl, clientStateKeys: parseKeyRing(keys.clientState) } } : {}),
    logger: shared.loggerOf('directory-sync'),
  });
  closers.add(() => sync.stop());
}

function microsoftSettings({ application }: Microsoft): MicrosoftSettings {
  const credential = createCredentialChoice(credentialsOf(application), () => new Date());
  return { ...cloudOf(application), clientId: application.AZURE_CLIENT_ID, credential };
}
