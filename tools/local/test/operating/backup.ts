import type { Connection } from 'mongoose';

/** What a database held at one moment. */
export type Backup = ReadonlyMap<string, readonly object[]>;

export async function takeBackup(connection: Connection): Promise<Backup> {
  const backup = new Map<string, object[]>();
  for (const { name } of await connection.listCollections()) {
    backup.set(name, await connection.collection(name).find().toArray());
  }
  return backup;
}

/** Makes the database what it was; what came since is gone. */
export async function restoreBackup(connection: Connection, backup: Backup): Promise<void> {
  for (const { name } of await connection.listCollections()) {
    await connection.collection(name).deleteMany({});
    const documents = backup.get(name) ?? [];
    if (documents.length > 0) await connection.collection(name).insertMany([...documents]);
  }
}
