import { randomBytes, randomUUID } from 'node:crypto';
import type { OutgoingRecord } from '@learnamp/bus';
import {
  encodeEvent,
  graphNotification,
  type GraphNotification,
  parseKeyRing,
  syncRequest,
  type SyncRequest,
  topics,
} from '@learnamp/contracts';
import { connectMongo } from '@learnamp/mongo';
import {
  createOrganisations,
  createSealBox,
  type Organisation,
  organisationModel,
  type ProvisioningSettings,
} from '@learnamp/organisations';
import { startKafka, startMongo } from '@learnamp/testkit';
import type { Connection } from 'mongoose';
import { patientBus } from './patient-bus.ts';
import { type MicrosoftAddress, serviceEnvironment } from './service-environment.ts';
import { type ServiceProcess, startService } from './service-process.ts';

export type ServiceName = 'directory-sync' | 'profile-writer';

export interface RunningServicesOptions {
  readonly microsoft: MicrosoftAddress;
  readonly tenantId: string;
  readonly groupId: string;
  readonly provisioning?: Partial<ProvisioningSettings>;
  /** Variables of the services besides. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** directory-sync and profile-writer as production runs them: a process each, real Kafka and real MongoDB. */
export interface RunningServices {
  readonly connection: Connection;
  readonly organisation: Organisation;
  service(name: ServiceName): ServiceProcess;
  start(name: ServiceName): Promise<void>;
  /** Asks for a run; gives the id of the request. */
  request(request: Pick<SyncRequest, 'mode'>): Promise<string>;
  /** Tells directory-sync of a change, as webhook-ingest does. */
  notify(hint: Omit<GraphNotification, 'organisationId'>): Promise<void>;
  /** The services' last log lines, for a failure's message. */
  diagnose(): string;
  close(): Promise<void>;
}

interface Keys {
  readonly sealing: string;
  readonly blindIndex: string;
}

const ring = () => `k1:${randomBytes(32).toString('base64url')}`;

export async function startRunningServices(options: RunningServicesOptions): Promise<RunningServices> {
  const [mongo, kafka] = await Promise.all([startMongo(), startKafka()]);
  const uri = mongo.uri();
  const connection = await connectMongo({ uri, appName: 'figures' });
  const keys: Keys = { sealing: ring(), blindIndex: ring() };
  const organisation = await makeOrganisation(connection, keys, options);
  const topicPrefix = `f${randomBytes(4).toString('hex')}.`;
  const places = { mongoUri: uri, brokers: kafka.brokers, topicPrefix, microsoft: options.microsoft, keys };
  const environment = { ...serviceEnvironment(places), ...options.environment };
  const bus = patientBus(kafka.brokers, topicPrefix);
  await bus.ensureTopics(Object.values(topics));
  const services = new Map<ServiceName, ServiceProcess>();
  return {
    connection,
    organisation,
    service: (name) => {
      const found = services.get(name);
      if (!found) throw new RangeError(`${name} was not started`);
      return found;
    },
    start: async (name) => {
      services.set(name, await startService(name, environment));
    },
    request: async (request) => {
      const requestId = randomUUID();
      await bus.publish([requestOf(organisation.id, { ...request, requestId })]);
      return requestId;
    },
    notify: (hint) => bus.publish([hintOf(organisation.id, hint)]),
    diagnose: () => [...services].map(([name, service]) => `${name}\n${service.log()}`).join('\n'),
    close: async () => {
      await Promise.all([...services.values()].map((service) => service.kill()));
      await bus.close();
      await connection.dropDatabase();
      await connection.close();
      await Promise.all([mongo.stop(), kafka.stop()]);
    },
  };
}

async function makeOrganisation(
  connection: Connection,
  keys: Keys,
  { tenantId, groupId, provisioning = {} }: RunningServicesOptions,
): Promise<Organisation> {
  const seals = createSealBox(parseKeyRing(keys.sealing), parseKeyRing(keys.blindIndex).current.key);
  const organisations = createOrganisations(organisationModel(connection), seals);
  const made = await organisations.ensure({ subdomain: 'acme', name: 'Acme', tenantId, groupId });
  await organisations.changeProvisioning(made.id, provisioning);
  return made;
}

const about = (organisationId: string) => ({
  organisationId,
  key: organisationId,
  source: 'figures',
  time: new Date(),
});

const requestOf = (organisationId: string, request: Pick<SyncRequest, 'mode' | 'requestId'>): OutgoingRecord =>
  encodeEvent(syncRequest, { organisationId, requestedBy: 'figures', ...request }, about(organisationId));

const hintOf = (organisationId: string, hint: Omit<GraphNotification, 'organisationId'>): OutgoingRecord =>
  encodeEvent(graphNotification, { organisationId, ...hint }, about(organisationId));
