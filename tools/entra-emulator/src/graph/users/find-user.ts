import type { DirectoryObject } from '../../directory/change.ts';
import type { DirectoryReads } from '../../directory/directory.ts';
import { parameter, type GraphCall } from '../protocol/graph-call.ts';
import { notFound } from '../protocol/refusals.ts';

/** The user that the path names by id or UPN, or Graph's 404. Writes look in the directory itself, which never lags. */
export function findUser(call: GraphCall, directory: DirectoryReads = call.directory): DirectoryObject {
  const key = parameter(call, 'user');
  const user = directory.find(key) ?? directory.findUserByUpn(key);
  if (user?.kind !== 'user') throw notFound(key);
  return user;
}
