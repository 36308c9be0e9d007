import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKafkaBus, type OperatorBus } from '@learnamp/bus';
import { defaultApplication, type DirectoryFile, startEmulator, type UserEntry } from '@learnamp/entra-emulator';
import { connectMongo } from '@learnamp/mongo';
import { createLogger } from '@learnamp/service';
import { startKafka, startMongo, testCaDirectory } from '@learnamp/testkit';
import type { Connection } from 'mongoose';
import { Closers } from '../../src/parts/closers.ts';
import { ensureKeys } from '../../src/parts/keys.ts';
import { startServices } from '../../src/parts/services.ts';
import { environment, startChild, workspace } from './child.ts';
import { freePort } from './free-ports.ts';

/** The services with Kafka, as Learn Amp runs them for many organisations. One of these is there already: Learn Amp's own. */
export interface Installation {
  readonly connection: Connection;
  readonly bus: OperatorBus;
  homeOf(subdomain: string): string;
  /** Runs the operator's command line to its end. */
  ops(...args: string[]): Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }>;
  stop(): Promise<void>;
}

const GROUP_ID = '7a000000-0000-4000-8000-000000000001';

const vera: UserEntry = {
  id: '7a000000-0000-4000-8000-0000000000aa',
  displayName: 'Vera Vendor',
  userPrincipalName: 'vera@vendor.example',
  accountEnabled: true,
  userType: 'Member',
};

/** Learn Amp's own tenant, where the application of all organisations is registered. */
const vendor = (staff: readonly UserEntry[]): DirectoryFile => ({
  tenant: {
    id: '7a000000-0000-4000-8000-00000000cafe',
    displayName: 'Learn Amp Ltd',
    verifiedDomains: [{ name: 'vendor.example', isDefault: true }],
  },
  users: [...staff],
  groups: [
    {
      id: GROUP_ID,
      displayName: 'Staff',
      members: staff.map(({ id }) => ({ '@odata.type': '#microsoft.graph.user', id })),
    },
  ],
});

const needed = ['User.Read.All', 'GroupMember.Read.All', 'Group.Read.All', 'ProfilePhoto.Read.All'];

/** Starts it; customers are tenants that have never heard of Learn Amp, `staff` who is in Learn Amp's own. */
export async function startInstallation(
  customers: readonly DirectoryFile[],
  staff: readonly UserEntry[] = [vera],
): Promise<Installation> {
  const closers = new Closers();
  try {
    return await start(customers, vendor(staff), closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function start(customers: readonly DirectoryFile[], own: DirectoryFile, closers: Closers): Promise<Installation> {
  const data = await mkdtemp(join(tmpdir(), 'learnamp-many-'));
  closers.add(() => rm(data, { recursive: true }));
  const [mongo, kafka, port] = await Promise.all([startMongo(), startKafka(), freePort([1])]);
  closers.add(() => Promise.all([mongo.stop(), kafka.stop()]));
  const application = {
    ...defaultApplication(own.tenant),
    signInAudience: 'AzureADMultipleOrgs' as const,
    requiredAppRoles: needed,
    web: { redirectUris: [`http://localhost:${port}/auth/callback`, `http://localhost:${port}/auth/signed-out`] },
  };
  const emulator = await startEmulator({
    directory: { ...own, applications: [application] },
    otherTenants: customers,
    certificateDirectory: testCaDirectory(),
  });
  closers.add(() => emulator.stop());
  const topicPrefix = `t${randomBytes(4).toString('hex')}.`;
  const logger = createLogger('installation', 'silent');
  const bus = createKafkaBus({
    brokers: kafka.brokers.split(','),
    clientId: 'installation',
    topicPrefix,
    publish: 'until-closed',
    logger,
    onFatal: (error) => {
      throw error;
    },
  });
  closers.add(() => bus.close());
  const mongoUri = mongo.uri();
  const connection = await connectMongo({ uri: mongoUri, appName: 'installation-test' });
  closers.add(() => connection.close());
  const { authorityHost, graphBaseUrl } = emulator;
  await startServices(
    {
      ...{ bus, mongoUri, port, keys: ensureKeys(data), subdomain: 'own', notificationUrl: undefined },
      microsoft: {
        application: {
          ...{ AZURE_CLIENT_ID: application.appId, ENTRA_AUTHORITY_HOST: authorityHost, GRAPH_BASE_URL: graphBaseUrl },
          AZURE_CLIENT_SECRET: application.passwordCredentials[0]?.secretText ?? '',
        },
        ...{ emulator, tenantId: own.tenant.id, groupId: GROUP_ID, organisationName: 'Learn Amp', owner: undefined },
      },
      loggerOf: () => logger,
    },
    closers,
  );
  return {
    connection,
    bus,
    homeOf: (subdomain) => `http://${subdomain}.localhost:${port}`,
    ops: async (...args) => {
      const said = { MONGODB_URI: mongoUri, KAFKA_BROKERS: kafka.brokers, TOPIC_PREFIX: topicPrefix };
      const child = startChild(join(workspace, 'apps/ops/bin/learnamp-ops.mjs'), args, environment(said));
      return { code: await child.exited, output: child.output(), errors: child.errors() };
    },
    stop: () => closers.closeAll(),
  };
}
