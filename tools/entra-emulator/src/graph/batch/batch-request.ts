import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { badRequest, invalidODataRequest } from '../protocol/refusals.ts';
import type { GraphRequest } from '../protocol/graph-request.ts';

/** How many requests a batch may carry. */
const MAX_MEMBERS = 20;

/** A request of a batch, and the ids of those that must succeed first. */
export interface BatchMember {
  readonly id: string;
  readonly dependsOn: readonly string[];
  readonly request: GraphRequest;
}

/** Reads the body of a `$batch`, or refuses it as a whole. */
export function readBatch(body: JsonObject, outer: GraphRequest, batchId: string): BatchMember[] {
  const { requests } = body;
  if (!Array.isArray(requests) || requests.length === 0)
    throw badRequest("Invalid batch payload format: 'requests' is missing or empty.");
  if (requests.length > MAX_MEMBERS)
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${MAX_MEMBERS}.`);
  const members = requests.map((request) => readMember(request, outer, batchId));
  checkIds(members);
  return members;
}

function readMember(value: JsonValue, outer: GraphRequest, batchId: string): BatchMember {
  if (!isJsonObject(value)) throw badRequest('Invalid batch payload format.');
  const { id, method, url, dependsOn, headers, body } = value;
  if (typeof id !== 'string' || id === '')
    throw badRequest("Invalid batch payload format: every request needs an 'id'.");
  if (typeof method !== 'string' || typeof url !== 'string')
    throw badRequest(`Invalid batch payload format: request '${id}' needs 'method' and 'url'.`);
  if (/^https?:/i.test(url))
    throw badRequest(`Invalid batch request URL '${url}': it must be relative to the version.`);
  const memberHeaders = readHeaders(headers);
  const [path, query] = splitOnce(url.startsWith('/') ? url : `/${url}`, '?');
  return {
    id,
    dependsOn: Array.isArray(dependsOn) ? dependsOn.map(String) : [],
    request: {
      method: method.toUpperCase(),
      path,
      query,
      headers: memberHeaders,
      ...readBody(id, body, memberHeaders),
      origin: outer.origin,
      batchId,
    },
  };
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function readHeaders(headers: JsonValue | undefined): Record<string, string> {
  if (!isJsonObject(headers)) return {};
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

/** A JSON body comes as it is, any other as base64; either needs its Content-Type. */
function readBody(id: string, body: JsonValue | undefined, headers: Record<string, string>): { body?: Buffer } {
  if (body === undefined || body === null) return {};
  const type = headers['content-type'];
  if (type === undefined) throw invalidODataRequest(`The request '${id}' has a body but no Content-Type header.`);
  if (isJsonObject(body) || Array.isArray(body)) return { body: Buffer.from(JSON.stringify(body)) };
  return { body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'base64') };
}

function checkIds(members: readonly BatchMember[]): void {
  const ids = new Set(members.map(({ id }) => id.toLowerCase()));
  if (ids.size < members.length) throw badRequest('Invalid batch payload format: request ids must be unique.');
  const done = new Set<string>();
  // Whoever waits for nobody, or only for those already done, can run; if nobody can, the rest waits for itself.
  while (done.size < members.length) {
    const ready = members.filter(({ id, dependsOn }) => !done.has(id) && dependsOn.every((other) => done.has(other)));
    if (ready.length === 0)
      throw badRequest("Invalid batch payload format: 'dependsOn' names an unknown request or forms a cycle.");
    for (const { id } of ready) done.add(id);
  }
}
