import mongoose from 'mongoose';

import { until } from '../processes/until.ts';
import { reasonOf, TestkitError } from '../testkit-error.ts';

/** The name of the replica set of one that this package makes. */
export const REPLICA_SET = 'learnamp';

const NOT_YET_INITIALISED = 94;

/** What is thrown when another server listens on the port. */
export function portInUse(port: number): TestkitError {
  return new TestkitError('port-in-use', `Port ${port} is in use; mongod needs it`);
}

type Client = InstanceType<typeof mongoose.mongo.MongoClient>;

interface OurServer {
  readonly port: number;
  readonly pid: number;
}

/**
 * Makes our server, which listens on this loopback port, the primary of a set of one; resolves when it takes writes.
 * A data folder remembers the address it last had; where the port is another now, the set is told the new one.
 */
export async function becomePrimary(server: OurServer, signal: AbortSignal): Promise<void> {
  const { port, pid } = server;
  const address = `127.0.0.1:${port}`;
  const client = new mongoose.mongo.MongoClient(`mongodb://${address}/?directConnection=true`, {
    serverSelectionTimeoutMS: 30_000,
  });
  // Closing ends what is under way, such as the wait for a server that will never answer.
  signal.addEventListener('abort', () => void client.close());
  try {
    await checkIdentity(client, pid, port);
    await configure(client, address);
    await awaitPrimary(client);
  } finally {
    await client.close();
  }
}

/** Where somebody else's server has the port, ours is about to fail, and theirs must be left alone. */
async function checkIdentity(client: Client, pid: number, port: number): Promise<void> {
  const status = await client.db('admin').command({ serverStatus: 1 });
  if (Number(status['pid']) !== pid) throw portInUse(port);
}

async function configure(client: Client, address: string): Promise<void> {
  const admin = client.db('admin');
  const member = { _id: 0, host: address };
  const known = await currentConfiguration(client);
  if (known === undefined) {
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [member] } });
  } else if (known.members[0]?.host !== address) {
    // Forced: under its new address the server is no member of its own set yet, so there is no primary to ask.
    const moved = { ...known, version: known.version + 1, members: [{ ...known.members[0], ...member }] };
    await admin.command({ replSetReconfig: moved, force: true });
  }
}

interface Configuration {
  readonly version: number;
  readonly members: readonly { readonly host: string }[];
}

async function currentConfiguration(client: Client): Promise<Configuration | undefined> {
  try {
    const answer = await client.db('admin').command({ replSetGetConfig: 1 });
    return answer['config'] as Configuration;
  } catch (error) {
    if ((error as { code?: unknown }).code === NOT_YET_INITIALISED) return undefined;
    throw error;
  }
}

async function awaitPrimary(client: Client): Promise<void> {
  const primary = await until(
    async () => {
      const hello = await client.db('admin').command({ hello: 1 });
      return hello['isWritablePrimary'] === true ? true : undefined;
    },
    { timeoutMs: 30_000, everyMs: 50 },
  );
  if (primary === undefined) throw new TestkitError('mongod-failed', 'mongod runs but did not become primary in 30 s');
}

/** Checks that the server of a connection string answers and takes transactions, which only a replica set does. */
export async function checkReplicaSet(uri: string): Promise<void> {
  try {
    const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 5000 });
    try {
      const hello = await client.db('admin').command({ hello: 1 });
      if (hello['setName'] === undefined && hello['msg'] !== 'isdbgrid') throw new Error('it is no replica set');
    } finally {
      await client.close();
    }
  } catch (error) {
    const message = `MONGODB_URI is set, but its server can't be used: ${reasonOf(error)}`;
    throw new TestkitError('mongodb-unreachable', message, { cause: error });
  }
}
