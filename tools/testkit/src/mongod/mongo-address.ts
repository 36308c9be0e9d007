import { randomBytes } from 'node:crypto';

/** Names a database that nobody has used before. */
export function freshDatabaseName(): string {
  return `test_${randomBytes(6).toString('hex')}`;
}

/**
 * The connection string with its database replaced.
 * The database in a connection string is also the one that credentials are checked against (connection string
 * specification, "authSource"), so where there are credentials that choice is written out before the name changes.
 */
export function withDatabase(uri: string, database: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/)([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(uri);
  if (parts === null) throw new Error('a MongoDB connection string starts with mongodb:// or mongodb+srv://');
  const [, scheme = '', hosts = '', given = '', query = ''] = parts;
  const options = query === '' ? [] : [query];
  if (hosts.includes('@') && !/(^|&)authSource=/i.test(query)) options.push(`authSource=${given || 'admin'}`);
  return `${scheme}${hosts}/${database}${options.length > 0 ? `?${options.join('&')}` : ''}`;
}
