import { randomBytes } from 'node:crypto';
import type { Bus } from '@learnamp/bus';
import { type KeyRing, parseKeyRing, topics } from '@learnamp/contracts';
import { type DirectoryFile, generateDirectory } from '@learnamp/entra-emulator';
import type { Connection } from 'mongoose';
import { aCompany, type Company } from '../../identity/stage/company.ts';
import { makeGround } from '../../identity/stage/ground.ts';
import { CLIENT_ID, CLIENT_SECRET } from '../../identity/stage/stage.ts';
import { startTenants, type Tenants } from '../../provisioning/budgets/microsoft.ts';
import { patientBus } from '../../provisioning/processes/patient-bus.ts';
import { serviceEnvironment } from '../../provisioning/processes/service-environment.ts';
import { theKafka } from '../stage/the-kafka.ts';
import { FollowedFront } from './followed-front.ts';
import type { ServiceName } from './instances.ts';

const PEOPLE = 30;

/** Everything that the four services meet: real Kafka and MongoDB, a Microsoft, and a front before each door. */
export interface Surroundings {
  readonly bus: Bus;
  readonly brokers: string;
  readonly topicPrefix: string;
  readonly connection: Connection;
  /** Its tenant is at the local Microsoft; its learners sign in at an OpenID provider of the figures. */
  readonly company: Company;
  readonly directory: DirectoryFile;
  readonly microsoft: Tenants;
  /** Signs what Graph sends. */
  readonly keys: KeyRing;
  readonly fronts: ReadonlyMap<ServiceName, FollowedFront>;
  environmentOf(name: ServiceName): Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export async function openSurroundings(): Promise<Surroundings> {
  const directory = generateDirectory({ people: PEOPLE, groups: 3, seed: 1, photos: 0 });
  // A database of its own: directory-sync would follow other rows' companies as well.
  const [{ brokers }, ground, microsoft] = await Promise.all([theKafka(), makeGround(), startTenants([directory])]);
  const [ingest, gateway] = [await FollowedFront.open(), await FollowedFront.open()];
  const topicPrefix = `f${randomBytes(4).toString('hex')}.`;
  const bus = patientBus(brokers, topicPrefix);
  await bus.ensureTopics(Object.values(topics));
  const host = `localhost:${gateway.port}`;
  const ids = { tenantId: directory.tenant.id, groupId: directory.rootGroupId ?? '' };
  const company = await aCompany({ ...ground, homeOf: (name) => `http://${name}.${host}` }, 'whole', ids);
  const clientState = `k1:${randomBytes(32).toString('base64url')}`;
  const places = { mongoUri: ground.uri, brokers, topicPrefix, microsoft: microsoft.address, keys: ground.keys };
  const shared = { ...serviceEnvironment(places), CLIENT_STATE_KEYS: clientState };
  const ofGateway = {
    ...{ ORGANISATION_HOST_SUFFIX: host, CENTRAL_ORIGIN: `http://${host}`, SESSION_SIGNING_KEY: ground.keys.signing },
    ...{ AZURE_CLIENT_ID: CLIENT_ID, AZURE_CLIENT_SECRET: CLIENT_SECRET, ENTRA_AUTHORITY_HOST: ground.op.url },
    // All requests come from one address.
    ...{ API_REQUESTS_PER_MINUTE: '1000000', API_REQUESTS_PER_MINUTE_AND_ADDRESS: '1000000' },
  };
  return {
    ...{ bus, brokers, topicPrefix, connection: ground.connection, company, directory, microsoft },
    keys: parseKeyRing(clientState),
    fronts: new Map([
      ['webhook-ingest', ingest],
      ['auth-gateway', gateway],
    ]),
    environmentOf: (name) => (name === 'auth-gateway' ? { ...shared, ...ofGateway } : shared),
    close: async () => {
      await Promise.all([ingest.stop(), gateway.stop(), bus.close(), microsoft.emulator.stop(), ground.op.stop()]);
      await ground.connection.dropDatabase();
      await ground.connection.close();
    },
  };
}
