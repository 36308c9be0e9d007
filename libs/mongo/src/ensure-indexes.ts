import type { Connection } from 'mongoose';

/** Creates the collections and indexes of every model on the connection; what exists stays as it is. */
export async function ensureIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    // Transactions can't create a collection under concurrency, so it has to exist before the first one.
    await model.createCollection();
    await model.createIndexes();
  }
}
