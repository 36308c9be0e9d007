import type { DirectoryObject } from '../../directory/change.ts';
import type { ObjectKind } from '../../directory/object-kind.ts';
import { parameter, type GraphCall } from '../protocol/graph-call.ts';
import { notFound } from '../protocol/refusals.ts';

/** How paths call the id of an object. */
export const idParameter = { device: 'device', orgContact: 'contact', servicePrincipal: 'principal' } as const;

/** The object that the path names by id, or Graph's 404; of one kind when it is given. */
export function findObject(call: GraphCall, kind?: keyof typeof idParameter): DirectoryObject {
  const id = parameter(call, kind === undefined ? 'object' : idParameter[kind]);
  const object = call.directory.find(id);
  if (object === undefined || (kind !== undefined && object.kind !== kind)) throw notFound(id);
  return object;
}

/** The object that the path names by another property, such as `devices(deviceId='…')`. */
export function findByKey(call: GraphCall, kind: ObjectKind, property: string): DirectoryObject {
  const key = parameter(call, property).toLowerCase();
  for (const id of call.directory.everyId(kind)) {
    const object = call.directory.find(id);
    const value = object?.properties[property];
    if (object && typeof value === 'string' && value.toLowerCase() === key) return object;
  }
  throw notFound(parameter(call, property));
}
