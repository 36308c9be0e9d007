import type { DirectoryObject } from '../../directory/change.ts';
import { parameter, type GraphCall } from '../protocol/graph-call.ts';
import { notFound } from '../protocol/refusals.ts';

/** The user that the path names by id or UPN, or Graph's 404. */
export function findUser(call: GraphCall): DirectoryObject {
  const key = parameter(call, 'user');
  const user = call.directory.find(key) ?? call.directory.findUserByUpn(key);
  if (user?.kind !== 'user') throw notFound(key);
  return user;
}
