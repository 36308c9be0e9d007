import type { DirectoryObject } from '../../directory/change.ts';
import { parameter, type GraphCall } from '../protocol/graph-call.ts';
import { notFound } from '../protocol/refusals.ts';

/** The group that the path names, or Graph's 404. */
export function findGroup(call: GraphCall): DirectoryObject {
  const id = parameter(call, 'group');
  const group = call.directory.find(id);
  if (group?.kind !== 'group') throw notFound(id);
  return group;
}

/** Whether it is a Microsoft 365 group, which has a mailbox and can't contain groups. */
export function isMicrosoft365(group: Pick<DirectoryObject, 'properties'>): boolean {
  const types = group.properties['groupTypes'];
  return Array.isArray(types) && types.includes('Unified');
}
