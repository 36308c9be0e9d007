import type { Bus } from '@learnamp/bus';
import { erasureGroups, topics } from '@learnamp/contracts';
import { ensureIndexes } from '@learnamp/mongo';
import {
  createOrganisations,
  createRoles,
  createSealBox,
  type NewOrganisation,
  organisationModel,
  roleModel,
  type SealBox,
} from '@learnamp/organisations';
import {
  cloudOf,
  ConfigError,
  credentialsOf,
  type Logger,
  type Metrics,
  readKeyRing,
  type RunningService,
  watchExpiry,
} from '@learnamp/service';
import type { Connection } from 'mongoose';
import { type AppSettings, buildApp } from './app.ts';
import type { AuthGatewayConfig } from './config.ts';
import { erasureHandler } from './erasure/erasure-handler.ts';
import { runFeeders } from './imports/run-feeders.ts';
import { modelsOf } from './models.ts';
import { runSftpLooks } from './sftp-drops/run-sftp-looks.ts';

/** What the service works with. Whoever opened these closes them, after the service has stopped. */
export interface AuthGatewayParts {
  readonly bus: Bus;
  readonly connection: Connection;
  readonly logger: Logger;
  readonly clock?: () => Date;
  readonly metrics?: Metrics;
  /** Says when the door is about to close. */
  readonly leaving?: AbortSignal;
}

/**
 * Starts the service: first whatever can be wrong with the configuration, then indexes, topic and first organisation,
 * then the door, and what works behind it. `stop` ends all of it.
 * @throws ConfigError, or a listen error such as EADDRINUSE; then nothing is left open.
 */
export async function startAuthGateway(config: AuthGatewayConfig, parts: AuthGatewayParts): Promise<RunningService> {
  const { bus, connection, logger, clock = () => new Date() } = parts;
  const first = firstOrganisationOf(config);
  const settings = settingsOf(config);
  const credentials = settings.clientCredentials;
  watchExpiry({ credentials, logger, clock, every: (ms, look) => setInterval(look, ms) });
  const seals = sealsOf(config);
  const organisations = createOrganisations(organisationModel(connection), seals);
  const roles = createRoles(roleModel(connection));
  const server = await buildApp({ ...parts, organisations, seals, roles, settings, clock });
  try {
    await ensureIndexes(connection);
    await bus.ensureTopics([topics.syncRequests, topics.learnerCommands]);
    if (first) await organisations.ensure(first);
    await server.listen({ port: config.PORT, host: config.HOST });
  } catch (error) {
    await server.close();
    throw error;
  }
  const stopping = new AbortController();
  const works = { bus, connection, organisations, seals, logger, clock, ...modelsOf(connection) };
  const erasures = await bus.consume({
    groupId: erasureGroups.authGateway,
    topics: [topics.learnerCommands.name],
    handle: erasureHandler(works),
  });
  const working = [runFeeders(works, stopping.signal), runSftpLooks(works, stopping.signal)];
  const stop = async () => {
    stopping.abort();
    await Promise.all([server.close(), erasures.stop(), ...working]);
  };
  return { stop };
}

function settingsOf(config: AuthGatewayConfig): AppSettings {
  const { authorityHost, graphResource } = cloudOf(config);
  return {
    centralOrigin: config.CENTRAL_ORIGIN,
    organisationHostSuffix: config.ORGANISATION_HOST_SUFFIX,
    clientId: config.AZURE_CLIENT_ID,
    clientCredentials: credentialsOf(config),
    authorityHost,
    graphResource,
    sessionSigningKeys: config.SESSION_SIGNING_KEY,
    notified: config.NOTIFICATION_URL !== undefined,
    consoleFolder: new URL('../../admin-console/dist/', import.meta.url),
    trustedProxies: config.TRUSTED_PROXIES.split(',').filter((proxy) => proxy !== ''),
    apiLimits: {
      perCaller: config.API_REQUESTS_PER_MINUTE,
      perAddress: config.API_REQUESTS_PER_MINUTE_AND_ADDRESS,
      windowMs: 60_000,
    },
  };
}

function sealsOf(config: AuthGatewayConfig): SealBox {
  const sealing = readKeyRing('SEALING_KEYS', config.SEALING_KEYS);
  const index = readKeyRing('BLIND_INDEX_KEY', config.BLIND_INDEX_KEY);
  return createSealBox(sealing, index.current.key);
}

const needed = ['ORGANISATION_SUBDOMAIN', 'ORGANISATION_NAME', 'AZURE_TENANT_ID', 'AZURE_GROUP_ID'] as const;

/** The organisation that the environment names, if it names one. */
function firstOrganisationOf(config: AuthGatewayConfig): NewOrganisation | undefined {
  const { ORGANISATION_SUBDOMAIN: subdomain, ORGANISATION_NAME: name, ORGANISATION_OWNER: firstOwner } = config;
  const { AZURE_TENANT_ID: tenantId, AZURE_GROUP_ID: groupId } = config;
  if (subdomain === undefined) return undefined;
  if (name === undefined || tenantId === undefined || groupId === undefined) {
    const missing = needed.filter((variable) => config[variable] === undefined);
    throw new ConfigError([`${missing.join(', ')} must be given with ORGANISATION_SUBDOMAIN`]);
  }
  const owner = firstOwner === undefined ? {} : { firstOwner };
  return { subdomain, name, tenantId: tenantId.toLowerCase(), groupId, ...owner };
}
