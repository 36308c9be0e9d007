import type { JsonObject } from '../../json.ts';

/** What is wrong with one property, as Graph lists it beside the message. */
export interface ErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly target: string;
}

/** A refusal as Graph words it. `code` is Graph's own spelling; `retriable` is what a client may conclude from the status. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;
  readonly retriable: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** What `innerError` has besides the ids of the request. */
  readonly inner: JsonObject;
  /** The properties at fault, where Graph names them. */
  readonly details: readonly ErrorDetail[] = [];

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
    inner: JsonObject = {},
  ) {
    super(message);
    this.name = 'GraphError';
    this.status = status;
    this.code = code;
    this.retriable = status === 429 || status >= 500;
    this.headers = headers;
    this.inner = inner;
  }
}

/** The body of an error answer. */
export function errorBody(error: GraphError, date: Date, requestId: string, clientRequestId: string): JsonObject {
  const innerError = {
    ...error.inner,
    date: date.toISOString().slice(0, 19),
    'request-id': requestId,
    'client-request-id': clientRequestId,
  };
  const details = error.details.length === 0 ? {} : { details: error.details.map((detail) => ({ ...detail })) };
  return { error: { code: error.code, message: error.message, ...details, innerError } };
}
