import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';

// When somebody is mailed goes by the clock, whatever a test does.
const notices = ['notices', 'noticeMails'];

/** Everything that the database says of an organisation, as a hash; the times at which it was written too. */
export const exactHash = (connection: Connection, organisationId: string): Promise<string> =>
  hashOf(connection, organisationId, (value) => value, notices);

/**
 * The same without what is of a moment: times, the totals that a run counted when its end was applied (order across topics
 * is not assumed, so another time photos or commands may have come first), and who worked on the organisation last.
 */
export const contentHash = (connection: Connection, organisationId: string): Promise<string> =>
  hashOf(connection, organisationId, withoutMoments, [...notices, 'workRecords']);

async function hashOf(
  connection: Connection,
  organisationId: string,
  change: (value: unknown) => unknown,
  leftOut: readonly string[],
): Promise<string> {
  const hash = createHash('sha256');
  for (const collection of await connection.listCollections()) {
    if (leftOut.includes(collection.name)) continue;
    const which = { $or: [{ organisationId }, { _id: organisationId as never }] };
    const documents = await connection.collection(collection.name).find(which).sort({ _id: 1 }).toArray();
    for (const document of documents) hash.update(`${collection.name} ${JSON.stringify(change(document), sorted)}\n`);
  }
  return hash.digest('hex');
}

function withoutMoments(value: unknown): unknown {
  if (value instanceof Date) return undefined;
  if (Array.isArray(value)) return value.map(withoutMoments);
  if (!isPlain(value)) return value;
  const lasting = Object.entries(value).filter(([name]) => name !== 'totals');
  return Object.fromEntries(lasting.map(([name, each]) => [name, withoutMoments(each)]));
}

const sorted = (_name: string, value: unknown) =>
  isPlain(value) ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => one.localeCompare(other))) : value;

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
