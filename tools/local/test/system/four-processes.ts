import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultApplication, type DirectoryFile, issueCertificate, startEmulator } from '@learnamp/entra-emulator';
import { startKafka, startMongo, testCaDirectory } from '@learnamp/testkit';
import { Closers } from '../../src/parts/closers.ts';
import { ensureKeys } from '../../src/parts/keys.ts';
import { type Child, environment, startChild, workspace } from './child.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-ports.ts';
import { graphDriver } from './graph-driver.ts';
import type { System } from './system.ts';
import { recordsOf, type Trace } from './traces.ts';

export const serviceNames = ['webhook-ingest', 'directory-sync', 'profile-writer', 'auth-gateway'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** The four services as production runs them: a process each, real Kafka, real MongoDB. */
export interface FourProcesses extends System {
  /** Ends a service as a crash would (SIGKILL). */
  kill(name: ServiceName): Promise<void>;
  /** Starts a service, with these variables set otherwise than for all of them. */
  start(name: ServiceName, otherwise?: Readonly<Record<string, string>>): void;
  /** Asks a service to stop, and waits. */
  stopService(name: ServiceName): Promise<void>;
  /** What a service has logged since its last start. */
  log(name: ServiceName): string;
  /** What a service has counted since its last start, in Prometheus' format. */
  numbers(name: ServiceName): Promise<string>;
}

export interface FourProcessesOptions {
  readonly directory: DirectoryFile;
  readonly owner: string;
  /** What each request to Graph waits, so that a sync takes long enough to be interrupted. */
  readonly latencyMs?: number;
  /** Variables of all four services besides those that they need. */
  readonly environment?: Readonly<Record<string, string>>;
}

export async function startFourProcesses(options: FourProcessesOptions): Promise<FourProcesses> {
  const closers = new Closers();
  try {
    return await start(options, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function start(options: FourProcessesOptions, closers: Closers): Promise<FourProcesses> {
  const data = await mkdtemp(join(tmpdir(), 'learnamp-four-'));
  closers.add(() => rm(data, { recursive: true }));
  const [mongo, kafka] = await Promise.all([startMongo(), startKafka()]);
  closers.add(() => Promise.all([mongo.stop(), kafka.stop()]));
  const port = await freePort([1, 2, 3, 4, 5]);
  const redirectUris = ['/auth/callback', '/auth/signed-out'].map((path) => `http://localhost:${port}${path}`);
  const application = { ...defaultApplication(options.directory.tenant), web: { redirectUris } };
  const emulator = await startEmulator({
    directory: { ...options.directory, applications: [application] },
    certificateDirectory: testCaDirectory(),
    latencyMs: options.latencyMs ?? 0,
  });
  closers.add(() => emulator.stop());
  const { certFile, keyFile } = await issueCertificate(testCaDirectory(), ['localhost']);
  const keys = ensureKeys(data);
  const clientSecret = application.passwordCredentials[0]?.secretText ?? '';
  const mongoUri = mongo.uri();
  const prefix = `t${randomBytes(4).toString('hex')}.`;

  const shared = {
    MONGODB_URI: mongoUri,
    KAFKA_BROKERS: kafka.brokers,
    TOPIC_PREFIX: prefix,
    HOST: '127.0.0.1',
    // Nobody stands before it who would have to look elsewhere.
    DRAIN_SECONDS: '0',
    NODE_EXTRA_CA_CERTS: join(testCaDirectory(), 'ca.pem'),
    AZURE_CLIENT_ID: application.appId,
    AZURE_CLIENT_SECRET: clientSecret,
    ENTRA_AUTHORITY_HOST: emulator.authorityHost,
    GRAPH_BASE_URL: emulator.graphBaseUrl,
    NOTIFICATION_URL: `https://localhost:${port + 1}`,
    CLIENT_STATE_KEYS: keys.clientState,
    SEALING_KEYS: keys.sealing,
    BLIND_INDEX_KEY: keys.blindIndex,
    ...options.environment,
  };
  const numbersAt: Record<ServiceName, number> = {
    ...{ 'directory-sync': port + 2, 'profile-writer': port + 3, 'auth-gateway': port + 4, 'webhook-ingest': port + 5 },
  };
  const environments: Record<ServiceName, Record<string, string>> = {
    'auth-gateway': {
      PORT: `${port}`,
      METRICS_PORT: `${numbersAt['auth-gateway']}`,
      ORGANISATION_HOST_SUFFIX: `localhost:${port}`,
      CENTRAL_ORIGIN: `http://localhost:${port}`,
      SESSION_SIGNING_KEY: keys.sessionSigning,
      ORGANISATION_SUBDOMAIN: 'acme',
      ORGANISATION_NAME: options.directory.tenant.displayName,
      ORGANISATION_OWNER: options.owner,
      AZURE_TENANT_ID: emulator.tenantId,
      AZURE_GROUP_ID: rootOf(options.directory),
    },
    'webhook-ingest': {
      ...{ PORT: `${port + 1}`, METRICS_PORT: `${numbersAt['webhook-ingest']}` },
      ...{ TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile },
    },
    'directory-sync': { HEALTH_PORT: `${numbersAt['directory-sync']}`, LEASE_SECONDS: '4' },
    'profile-writer': { HEALTH_PORT: `${numbersAt['profile-writer']}` },
  };
  const children = new Map<ServiceName, Child>();
  closers.add(() => Promise.all([...children.values()].map((child) => child.stop())));
  const startService = (name: ServiceName, otherwise = {}) => {
    const script = join(workspace, `apps/${name}/dist/main.js`);
    children.set(name, startChild(script, [], environment({ ...shared, ...environments[name], ...otherwise })));
  };
  for (const name of serviceNames) startService(name);
  await eventually('auth-gateway answers', () => answers(port, children.get('auth-gateway')), 60_000);

  return {
    graph: await graphDriver({
      httpUrl: emulator.httpUrl,
      tenantId: emulator.tenantId,
      clientId: application.appId,
      clientSecret,
    }),
    homeUrl: `http://acme.localhost:${port}`,
    mongoUri,
    secrets: { tenantId: emulator.tenantId, clientSecret },
    published: () => recordsOf(kafka.brokers, prefix),
    logged: () => linesOf(children),
    start: startService,
    kill: async (name) => children.get(name)?.kill(),
    stopService: async (name) => children.get(name)?.stop(),
    diagnose: () =>
      [...children].map(([name, child]) => `${name}\n${lastLines(child.output() + child.errors())}`).join('\n'),
    log: (name) => children.get(name)?.output() ?? '',
    numbers: async (name) => (await fetch(`http://127.0.0.1:${numbersAt[name]}/metrics`)).text(),
    stop: () => closers.closeAll(),
  };
}

function* linesOf(children: ReadonlyMap<string, Child>): Iterable<Trace> {
  for (const [name, child] of children) {
    for (const line of `${child.output()}${child.errors()}`.split('\n'))
      yield { where: name, bytes: Buffer.from(line) };
  }
}

const lastLines = (text: string) => text.trim().split('\n').slice(-15).join('\n');

const rootOf = (file: DirectoryFile) =>
  file.rootGroupId ?? file.groups.find(({ displayName }) => displayName === 'Learn Amp Users')?.id ?? '';

async function answers(port: number, gateway: Child | undefined): Promise<true | undefined> {
  try {
    return (await fetch(`http://localhost:${port}/health/live`)).ok ? true : undefined;
  } catch (error) {
    if (gateway?.errors()) throw new Error(`auth-gateway: ${gateway.errors()}`, { cause: error });
    return undefined;
  }
}
