import type { DirectoryObject } from '../../directory/change.ts';
import type { JsonValue } from '../../json.ts';
import { isGuid } from '../../directory/file-checks.ts';
import { renderMember } from '../query/render-member.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import { readJsonBody, type GraphAnswer } from '../protocol/graph-request.ts';
import { readGroups, readUsers } from '../protocol/permissions.ts';
import { badRequest } from '../protocol/refusals.ts';
import { allowOptions } from '../query/query-options.ts';

/** How many ids one request may name. */
const MAX_IDS = 1000;

/** Objects by id, of any type; ids that name nothing are left out without a word. */
export const getByIdsRoute: Route = {
  method: 'POST',
  path: '/directoryObjects/getByIds',
  permissions: [...readUsers, ...readGroups],
  handle: (call) => getByIds(call, (id) => call.directory.find(id)),
};

/** Answers with those of the wanted objects that `find` knows. */
export function getByIds(call: GraphCall, find: (id: string) => DirectoryObject | undefined): GraphAnswer {
  allowOptions(call.options, '$select');
  const body = readJsonBody(call.request);
  const types = wantedTypes(body['types']);
  const value = wantedIds(body['ids']).flatMap((id) => {
    const object = find(id);
    return object && (types?.has(object.kind) ?? true) ? [renderMember(call, object, call.options.select)] : [];
  });
  const context = `${call.request.origin}/v1.0/$metadata#directoryObjects`;
  return { status: 200, body: { '@odata.context': context, value } };
}

function wantedIds(ids: JsonValue | undefined): string[] {
  if (!Array.isArray(ids) || ids.length === 0) throw badRequest("A value is required for parameter 'ids'.");
  if (ids.length > MAX_IDS)
    throw badRequest(`Too many elements specified in parameter 'ids'. Max allowed: ${MAX_IDS}.`);
  const texts = ids.map((id) => {
    if (typeof id !== 'string' || !isGuid(id)) throw badRequest(`Invalid object identifier ${JSON.stringify(id)}.`);
    return id.toLowerCase();
  });
  return [...new Set(texts)];
}

function wantedTypes(types: JsonValue | undefined): ReadonlySet<string> | undefined {
  if (types === undefined || types === null) return undefined;
  if (!Array.isArray(types)) throw badRequest("Invalid value specified for parameter 'types'.");
  const names = types.map((type) => (typeof type === 'string' ? type.toLowerCase() : ''));
  return names.includes('directoryobject') ? undefined : new Set(names);
}
