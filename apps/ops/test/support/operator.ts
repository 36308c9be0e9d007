import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { createKafkaBus, type OperatorBus } from '@learnamp/bus';
import { createOrganisations, createSealBox, type Organisation, organisationModel } from '@learnamp/organisations';
import { connectMongo, ensureIndexes } from '@learnamp/mongo';
import { createLogger } from '@learnamp/service';
import { type RealKafka, type RealMongo, startKafka, startMongo } from '@learnamp/testkit';
import type { Connection } from 'mongoose';
import { openSurroundings, runCommandLine } from '../../src/index.ts';
import { type FakeSync, startFakeSync } from './fake-sync.ts';
import { type FakeWriter, startFakeWriter } from './fake-writer.ts';

/** What a command came to. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  /** In place of the usual one. */
  readonly env?: NodeJS.ProcessEnv;
  /** What is typed at the terminal; without it nobody is there. */
  readonly says?: string;
  /** Aborted as by Ctrl-C. */
  readonly signal?: AbortSignal;
  /** In place of the machine's. */
  readonly clock?: () => Date;
  /** Told of what is printed, as it comes. */
  readonly onOut?: (text: string) => void;
}

/** An operator with a database and brokers, whose topics are nobody else's. */
export interface Operator {
  readonly connection: Connection;
  readonly acme: Organisation;
  readonly uri: string;
  /** The environment of commands, unless a test gives another one. */
  readonly env: NodeJS.ProcessEnv;
  readonly bus: OperatorBus;
  run(command: string, options?: RunOptions): Promise<Ended>;
  stop(): Promise<void>;
}

/** An operator, and somebody who answers requests. */
export interface OperatorOfServices extends Operator {
  readonly sync: FakeSync;
  readonly writer: FakeWriter;
}

const TENANT_ID = '5c1d9a77-2f0b-4c58-9d8e-0f6f3f1b2a01';
const GROUP_ID = '6f1c9d2e-0000-4000-8000-000000000001';

export async function startOperator(): Promise<OperatorOfServices> {
  const operator = await startOperatorAlone();
  const { connection, bus } = operator;
  const [sync, writer] = await Promise.all([startFakeSync(connection, bus), startFakeWriter(connection, bus)]);
  return {
    ...operator,
    sync,
    writer,
    stop: async () => {
      await Promise.all([sync.stop(), writer.stop()]);
      await operator.stop();
    },
  };
}

export async function startOperatorAlone(): Promise<Operator> {
  const [mongo, kafka]: [RealMongo, RealKafka] = await Promise.all([startMongo(), startKafka()]);
  const uri = mongo.uri();
  const connection = await connectMongo({ uri, appName: 'ops-test' });
  const organisations = createOrganisations(organisationModel(connection), aSealBox());
  const acme = await organisations.ensure({ subdomain: 'acme', name: 'Acme', tenantId: TENANT_ID, groupId: GROUP_ID });
  await ensureIndexes(connection);
  const topicPrefix = `${randomUUID()}.`;
  const bus = busOf(kafka.brokers, topicPrefix);
  const env = { MONGODB_URI: uri, KAFKA_BROKERS: kafka.brokers, TOPIC_PREFIX: topicPrefix };
  return {
    ...{ connection, acme, uri, env, bus },
    run: (command, options = {}) => runAt(command.split(' '), { env, ...options }),
    stop: async () => {
      await bus.close();
      await connection.close();
      await Promise.all([mongo.stop(), kafka.stop()]);
    },
  };
}

const busOf = (brokers: string, topicPrefix: string): OperatorBus =>
  createKafkaBus({
    brokers: brokers.split(','),
    topicPrefix,
    clientId: 'ops-test',
    publish: 'until-closed',
    sessionTimeoutMs: 6000,
    logger: createLogger('ops-test', 'silent'),
    onFatal: () => undefined,
  });

export function aSealBox() {
  const key = Buffer.alloc(32, 1);
  return createSealBox({ current: { id: 'k1', key }, find: () => key }, key);
}

async function runAt(args: readonly string[], { env = {}, says, signal, clock, onOut }: RunOptions): Promise<Ended> {
  const said = { out: '', err: '' };
  const err = Object.assign(new PassThrough(), { isTTY: false }).on('data', (text) => (said.err += String(text)));
  const input = Object.assign(new PassThrough(), { isTTY: says !== undefined });
  if (says !== undefined) input.write(`${says}\n`);
  const code = await runCommandLine(args, {
    open: async () => ({
      ...(await openSurroundings(env, { input, err }, signal ?? new AbortController().signal)),
      ...(clock && { clock }),
    }),
    out: (text) => {
      said.out += `${text}\n`;
      onOut?.(text);
    },
    err: (text) => (said.err += `${text}\n`),
  });
  return { code, ...said };
}
