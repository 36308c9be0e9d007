import { PassThrough } from 'node:stream';
import { createOrganisations, createSealBox, type Organisation, organisationModel } from '@learnamp/organisations';
import { connectMongo, ensureIndexes } from '@learnamp/mongo';
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

/** An operator with a database, brokers, and somebody who answers requests. */
export interface Operator {
  readonly connection: Connection;
  readonly acme: Organisation;
  readonly uri: string;
  readonly sync: FakeSync;
  readonly writer: FakeWriter;
  /** Runs a command. `env` in place of the usual one; `says` is typed at the terminal, without it nobody is there. */
  run(command: string, options?: { readonly env?: NodeJS.ProcessEnv; readonly says?: string }): Promise<Ended>;
  stop(): Promise<void>;
}

const TENANT_ID = '5c1d9a77-2f0b-4c58-9d8e-0f6f3f1b2a01';
const GROUP_ID = '6f1c9d2e-0000-4000-8000-000000000001';

export async function startOperator(): Promise<Operator> {
  const [mongo, kafka]: [RealMongo, RealKafka] = await Promise.all([startMongo(), startKafka()]);
  const uri = mongo.uri();
  const connection = await connectMongo({ uri, appName: 'ops-test' });
  const organisations = createOrganisations(organisationModel(connection), aSealBox());
  const acme = await organisations.ensure({
    subdomain: 'acme',
    name: 'Acme',
    tenantId: TENANT_ID,
    groupId: GROUP_ID,
  });
  await ensureIndexes(connection);
  const [sync, writer] = await Promise.all([
    startFakeSync(connection, kafka.brokers),
    startFakeWriter(connection, kafka.brokers),
  ]);
  const usual = { MONGODB_URI: uri, KAFKA_BROKERS: kafka.brokers };
  return {
    connection,
    acme,
    uri,
    sync,
    writer,
    run: (command, { env = usual, says } = {}) => runAt(command.split(' '), env, says),
    stop: async () => {
      await sync.stop();
      await writer.stop();
      await connection.close();
      await Promise.all([mongo.stop(), kafka.stop()]);
    },
  };
}

export function aSealBox() {
  const key = Buffer.alloc(32, 1);
  return createSealBox({ current: { id: 'k1', key }, find: () => key }, key);
}

async function runAt(args: readonly string[], env: NodeJS.ProcessEnv, says?: string): Promise<Ended> {
  const said = { out: '', err: '' };
  const err = Object.assign(new PassThrough(), { isTTY: false }).on('data', (text) => (said.err += String(text)));
  const input = Object.assign(new PassThrough(), { isTTY: says !== undefined });
  if (says !== undefined) input.write(`${says}\n`);
  const code = await runCommandLine(args, {
    open: () => openSurroundings(env, { input, err }, new AbortController().signal),
    out: (text) => (said.out += `${text}\n`),
    err: (text) => (said.err += `${text}\n`),
  });
  return { code, ...said };
}
