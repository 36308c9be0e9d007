import { isJsonObject, type JsonObject } from '../../json.ts';
import { GraphError } from './graph-error.ts';
import { invalidODataRequest } from './refusals.ts';

/** A request below `/v1.0`, whether it came by itself or inside a `$batch`. */
export interface GraphRequest {
  readonly method: string;
  /** Percent-encoded, with a leading slash, without the version. */
  readonly path: string;
  /** Without the question mark; empty when there is none. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: Buffer;
  /** Of the door it came through: `https://127.0.0.1:4143`. Links in answers start with it. */
  readonly origin: string;
  /** The `request-id` of the batch that it is a member of. */
  readonly batchId?: string;
}

/** What is sent back. A Buffer is sent as it is, a string as text, an object as JSON. */
export interface GraphAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonObject | Buffer | string;
  /** A fault: the connection is closed in the middle of the body. */
  readonly cut?: 'length' | 'chunk';
}

/** Graph's limit for the body of a request, a batch included. */
const MAX_BODY = 4 * 1024 * 1024;

/** Refuses a request that is too large for Graph, whatever it asks for. */
export function checkSize({ body }: GraphRequest): void {
  if (body !== undefined && body.length > MAX_BODY)
    throw new GraphError(413, 'RequestEntityTooLarge', 'Maximum request length exceeded.');
}

/** The body as a JSON object, or Graph's refusal. */
export function readJsonBody(request: GraphRequest): JsonObject {
  if (request.body === undefined || request.body.length === 0) {
    throw invalidODataRequest('Empty Payload. JSON content expected.');
  }
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw invalidODataRequest('A supported MIME type could not be found that matches the content type of the request.');
  }
  const body = parse(request.body.toString('utf8'));
  if (!isJsonObject(body))
    throw invalidODataRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  return body;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether the request asks for the index that answers advanced queries, by header and by `$count=true`. */
export function isAdvancedQuery(request: GraphRequest, count: boolean): boolean {
  return count && isEventual(request);
}

/** Whether the header `ConsistencyLevel: eventual` was sent. Links do not carry it: every page needs it anew. */
export function isEventual(request: GraphRequest): boolean {
  return request.headers['consistencylevel']?.toLowerCase() === 'eventual';
}
