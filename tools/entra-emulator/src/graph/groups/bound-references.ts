import type { DirectoryObject } from '../../directory/change.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import type { GraphTenant } from '../protocol/graph-call.ts';
import { invalidValue } from '../protocol/property-refusals.ts';
import { referencedObject } from '../protocol/reference.ts';
import { badRequest } from '../protocol/refusals.ts';

/** How many references one request may bind, members and owners together. */
const MAX_BOUND = 20;

/** What a write to a group says: its properties, and whom it adds. */
export interface GroupWrite {
  readonly properties: JsonObject;
  readonly members: readonly DirectoryObject[];
  readonly owners: readonly DirectoryObject[];
}

/** Tells the properties of a body from the references in it, such as `members@odata.bind`. */
export function readBound({ directory }: Pick<GraphTenant, 'directory'>, body: JsonObject): GroupWrite {
  const { 'members@odata.bind': members, 'owners@odata.bind': owners, ...properties } = body;
  const bound = { members: urlsOf('members', members), owners: urlsOf('owners', owners) };
  if (bound.members.length + bound.owners.length > MAX_BOUND)
    throw badRequest(`The number of references in the request exceeds the limit of ${MAX_BOUND}.`);
  return {
    properties,
    members: bound.members.map((url) => referencedObject(directory, url)),
    owners: bound.owners.map((url) => referencedObject(directory, url)),
  };
}

function urlsOf(relation: string, bind: JsonValue | undefined): readonly JsonValue[] {
  if (bind === undefined) return [];
  if (!Array.isArray(bind)) throw invalidValue(relation, 'Group');
  return bind;
}
