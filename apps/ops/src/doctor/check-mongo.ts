import mongoose, { type Connection } from 'mongoose';
import type { Surroundings } from '../command-line/command.ts';
import { deadLetterAnswerModel } from '../dead-letters/answer-model.ts';
import { sharedModels } from './shared-models.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const PART = 'MongoDB';
const OLDEST = 6;
const CLOCKS_APART_MS = 5000;

/** Its version, that it is a replica set that takes transactions, its clock, and the indexes that services share. */
export async function checkMongo({
  connection,
  clock,
}: Pick<Surroundings, 'connection' | 'clock'>): Promise<Finding[]> {
  return [
    await versionOf(connection),
    await clockOf(connection, clock),
    await writesIn(connection),
    ...(await indexesOf(connection)),
  ];
}

async function versionOf(connection: Connection): Promise<Finding> {
  const { version } = (await command(connection, { buildInfo: 1 })) as { version: string };
  const { setName } = (await command(connection, { hello: 1 })) as { setName?: string };
  if (Number.parseInt(version, 10) < OLDEST)
    return problem(PART, `version ${version}`, `update it to ${OLDEST} or later`);
  if (setName === undefined)
    return problem(PART, 'it is no replica set', 'start mongod with --replSet and run rs.initiate()');
  return ok(PART, `version ${version}, replica set ${setName}`);
}

async function clockOf(connection: Connection, clock: () => Date): Promise<Finding> {
  const before = clock().getTime();
  const { localTime } = (await command(connection, { hello: 1 })) as { localTime: Date };
  const apart = Math.abs(localTime.getTime() - (before + clock().getTime()) / 2);
  const seconds = (apart / 1000).toFixed(1);
  if (apart < CLOCKS_APART_MS) return ok('clock', `${seconds} s from MongoDB's`);
  const todo = 'synchronise both by NTP: leases, sessions and tokens are compared by time';
  return problem('clock', `${seconds} s from MongoDB's`, todo);
}

/** Writes as the services do, and takes it back. */
async function writesIn(connection: Connection): Promise<Finding> {
  const session = await connection.startSession();
  try {
    session.startTransaction();
    const said = { writtenAt: new Date(0), answer: 'discarded', by: 'doctor', at: new Date(0) } as const;
    await deadLetterAnswerModel(connection).create([{ _id: 'doctor', ...said }], { session });
    await session.abortTransaction();
    return ok(PART, 'transactions and writes are permitted');
  } catch (error) {
    const why = error instanceof mongoose.mongo.MongoServerError ? (error.codeName ?? error.message) : String(error);
    return problem(
      PART,
      `a write was refused: ${why}`,
      'give the user of MONGODB_URI the role readWrite on the database',
    );
  } finally {
    await session.endSession();
  }
}

async function indexesOf(connection: Connection): Promise<Finding[]> {
  const todo = 'start the services: they make what is missing, and say why where they cannot';
  const existing = new Set((await connection.listCollections()).map(({ name }) => name));
  const models = sharedModels(connection);
  const findings: Finding[] = [];
  for (const model of models) {
    const { collectionName: name } = model.collection;
    if (!existing.has(name)) {
      findings.push(warning('indexes', `the collection ${name} is not there yet`, todo));
      continue;
    }
    const { toCreate } = await model.diffIndexes();
    for (const fields of toCreate) findings.push(warning('indexes', `${name} lacks ${JSON.stringify(fields)}`, todo));
  }
  return findings.length > 0 ? findings : [ok('indexes', `of ${models.length} collections`)];
}

const command = (connection: Connection, asked: Record<string, number>) =>
  connection.getClient().db(connection.name).command(asked);
