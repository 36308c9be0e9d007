import type { components } from './openapi.d.ts';

export type ProblemDocument = components['schemas']['Problem'];

/** A refusal in the API's own words (RFC 9457). */
export class ApiProblem extends Error {
  readonly status: number;
  /** Stays the same when words change. */
  readonly code: string;
  /** By which the operator finds it in the log. */
  readonly reference: string | null;
  /** Seconds to wait before asking again, where the API says so. */
  readonly retryAfter: number | null;

  constructor({ status, code, detail, reference }: ProblemDocument, retryAfter: number | null = null) {
    super(detail);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.reference = reference ?? null;
    this.retryAfter = retryAfter;
  }
}

/** No answer came: the network, or the service, is away. */
export class Unreachable extends Error {
  constructor(options?: ErrorOptions) {
    super('no answer', options);
    this.name = 'Unreachable';
  }
}

export function isProblemDocument(value: unknown): value is ProblemDocument {
  return typeof value === 'object' && value !== null && 'status' in value && 'code' in value && 'detail' in value;
}

/** Worth asking again by itself: what is away comes back, what was refused is refused again. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof ApiProblem && (error.status === 503 || error.status === 429));

export const isSessionOver = (error: unknown): boolean => error instanceof ApiProblem && error.status === 401;
