import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';

/** A digest of everything that lies in a database, whatever the order in which it came there. */
export async function stateHash({ db }: Connection): Promise<string> {
  const hash = createHash('sha256');
  const collections = (await db?.collections()) ?? [];
  for (const collection of collections.toSorted((one, other) => (one.collectionName < other.collectionName ? -1 : 1))) {
    const documents = await collection.find().sort({ _id: 1 }).toArray();
    if (documents.length > 0) hash.update(`${collection.collectionName}\n${JSON.stringify(documents.map(inOrder))}\n`);
  }
  return hash.digest('hex');
}

/** Fields by their names: whatever was set first comes first in MongoDB, and says nothing. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, field]) => [name, inOrder(field)]));
}
