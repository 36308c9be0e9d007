import type { DirectoryObject } from '../../directory/change.ts';
import type { DirectoryReads } from '../../directory/directory.ts';
import { parameter, type GraphCall } from '../protocol/graph-call.ts';
import { notFound } from '../protocol/refusals.ts';

/** The group that the path names, or Graph's 404. Writes look in the directory itself, which never lags. */
export function findGroup(call: GraphCall, directory: DirectoryReads = call.directory): DirectoryObject {
  const id = parameter(call, 'group');
  const group = directory.find(id);
  if (group?.kind !== 'group') throw notFound(id);
  return group;
}
