import { randomBytes } from 'node:crypto';
import { topics } from '@learnamp/contracts';
import { issueCertificate } from '@learnamp/entra-emulator';
import { freePort, startKafka, testCaDirectory } from '@learnamp/testkit';
import { startTenants, type Tenants } from '../../provisioning/budgets/microsoft.ts';
import { type MailSink, startMailSink } from '../../provisioning/kills/mail-sink.ts';
import { serviceEnvironment } from '../../provisioning/processes/service-environment.ts';
import { type ServiceProcess, startService } from '../../provisioning/processes/service-process.ts';
import { aCompany, type Company } from '../stage/company.ts';
import { makeGround } from '../stage/ground.ts';
import { onStage, type Stage } from '../stage/stage.ts';
import { type Canaries, markedDirectory } from './canaries.ts';
import { waitFor } from './wait-for.ts';

const PEOPLE = 12;

/** All four services on real Kafka and MongoDB, each telling as much in its log as it can. */
export interface RunningSystem {
  readonly stage: Stage;
  readonly company: Company;
  readonly microsoft: Tenants;
  readonly mail: MailSink;
  /** Where webhook-ingest listens. */
  readonly ingest: string;
  /** What services have logged so far, by their names. */
  readonly logs: ReadonlyMap<string, string>;
  readonly kafka: { kill(): Promise<void>; restart(): Promise<void> };
}

/** Starts everything, does something, and stops everything. auth-gateway is in this process: it may be a variant. */
export async function onRunningSystem<Result>(
  variant: string | undefined,
  canaries: Canaries,
  act: (system: RunningSystem) => Promise<Result>,
): Promise<Result> {
  const directory = markedDirectory(canaries, PEOPLE);
  // directory-sync would follow other rows' organisations as well, whose tenants are nowhere.
  const [ground, kafka, mail, microsoft] = await Promise.all([
    makeGround(),
    startKafka({ own: true }),
    startMailSink(),
    startTenants([directory]),
  ]);
  const topicPrefix = `f${randomBytes(4).toString('hex')}.`;
  const logs = new Map<string, string>();
  const logOf = (name: string) => (part: string) => void logs.set(name, `${logs.get(name) ?? ''}${part}`);
  const services: ServiceProcess[] = [];
  const onGateway = async (stage: Stage) => {
    await stage.bus.ensureTopics(Object.values(topics));
    const ids = { tenantId: directory.tenant.id, groupId: directory.rootGroupId ?? '' };
    const company = await aCompany(stage, `leaks-${topicPrefix.slice(0, -1)}`, ids);
    await stage.organisations.changeProvisioning(company.id, { invitations: 'immediately' });
    const port = await freePort();
    const environment = await environmentOf({ stage, microsoft, mail, port, brokers: kafka.brokers, topicPrefix });
    for (const name of ['webhook-ingest', 'directory-sync', 'profile-writer']) {
      services.push(await startService(name, environment, logOf(name)));
    }
    const ingest = `https://localhost:${port}`;
    await waitFor('webhook-ingest listens', () => (logs.get('webhook-ingest') ?? '').includes('listening'));
    return act({ stage, company, microsoft, mail, ingest, logs, kafka });
  };
  try {
    return await onStage(variant, onGateway, {
      ground,
      brokers: kafka.brokers,
      topicPrefix,
      onLog: logOf('auth-gateway'),
    });
  } finally {
    // Not killed: the next row's services would wait for the leases of these.
    await Promise.all(services.map((service) => service.stop()));
    await Promise.all([kafka.stop(), mail.stop(), microsoft.emulator.stop(), ground.op.stop()]);
    await ground.connection.close();
  }
}

interface Surroundings {
  readonly stage: Stage;
  readonly microsoft: Tenants;
  readonly mail: MailSink;
  readonly port: number;
  readonly brokers: string;
  readonly topicPrefix: string;
}

async function environmentOf({ stage, microsoft, mail, port, brokers, topicPrefix }: Surroundings) {
  const { certFile, keyFile } = await issueCertificate(testCaDirectory(), ['localhost']);
  const door = new URL(stage.central);
  return {
    ...serviceEnvironment({
      mongoUri: stage.uri,
      brokers,
      topicPrefix,
      microsoft: microsoft.address,
      keys: stage.keys,
    }),
    LOG_LEVEL: 'trace',
    DRAIN_SECONDS: '0',
    PORT: String(port),
    TLS_CERT_FILE: certFile,
    TLS_KEY_FILE: keyFile,
    NOTIFICATION_URL: `https://localhost:${port}`,
    CLIENT_STATE_KEYS: stage.keys.sealing,
    SMTP_URL: mail.url,
    MAIL_FROM: 'no-reply@learnamp.example',
    CENTRAL_ORIGIN: stage.central,
    ORGANISATION_HOST_SUFFIX: door.host,
  };
}
