import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { invalidODataRequest } from '../protocol/refusals.ts';
import type { GraphRequest } from '../protocol/graph-request.ts';
import { readBatchBody } from './batch-body.ts';
import { checkOrder } from './batch-order.ts';
import { invalidBatch } from './invalid-batch.ts';

/** How many requests a batch may carry. */
const MAX_MEMBERS = 20;

/** A request of a batch. */
export interface BatchMember {
  readonly id: string;
  /** The id in lower case: case makes no difference. */
  readonly key: string;
  /** The keys of those that must succeed first. */
  readonly dependsOn: readonly string[];
  readonly request: GraphRequest;
}

/** Reads the body of a `$batch`, or refuses it as a whole. */
export function readBatch(body: JsonObject, outer: GraphRequest, batchId: string): BatchMember[] {
  const { requests } = body;
  if (!Array.isArray(requests) || requests.length === 0) throw invalidBatch("'requests' is missing or empty");
  if (requests.length > MAX_MEMBERS)
    throw invalidODataRequest(`Number of batch request steps exceeds the maximum value of ${MAX_MEMBERS}.`);
  const members = requests.map((request) => readMember(request, outer, batchId));
  checkOrder(members);
  return members;
}

function readMember(value: JsonValue, outer: GraphRequest, batchId: string): BatchMember {
  if (!isJsonObject(value)) throw invalidBatch('a request is no object');
  const { id, method, url, dependsOn } = value;
  if (typeof id !== 'string' || id === '') throw invalidBatch("a request has no 'id'");
  if (typeof method !== 'string') throw invalidBatch(`request '${id}' has no 'method'`);
  const headers = readHeaders(id, value['headers']);
  const request = {
    method: method.toUpperCase(),
    ...readUrl(id, url),
    headers,
    origin: outer.origin,
    batchId,
  };
  const body = readBatchBody(id, request.method, value['body'], headers['content-type']);
  return {
    id,
    key: id.toLowerCase(),
    dependsOn: readDependencies(id, dependsOn),
    request: body === undefined ? request : { ...request, body },
  };
}

function readUrl(id: string, url: JsonValue | undefined): { path: string; query: string } {
  if (typeof url !== 'string' || url === '') throw invalidBatch(`request '${id}' has no 'url'`);
  if (/^([a-z][a-z\d+.-]*:|\/\/)/i.test(url))
    throw invalidBatch(`the url of request '${id}' must be relative to the version`);
  const [path = '', ...query] = url.split('?');
  return { path: path.startsWith('/') ? path : `/${path}`, query: query.join('?') };
}

function readHeaders(id: string, headers: JsonValue | undefined): Record<string, string> {
  if (headers === undefined || headers === null) return {};
  if (!isJsonObject(headers)) throw invalidBatch(`the headers of request '${id}' are no object`);
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

function readDependencies(id: string, dependsOn: JsonValue | undefined): string[] {
  if (dependsOn === undefined || dependsOn === null) return [];
  if (!Array.isArray(dependsOn)) throw invalidBatch(`'dependsOn' of request '${id}' is no array`);
  return dependsOn.map((other) => {
    if (typeof other !== 'string') throw invalidBatch(`'dependsOn' of request '${id}' holds more than ids`);
    return other.toLowerCase();
  });
}
