import { GraphError, type GraphErrorCode } from './graph-error.ts';

/** An answer of Graph, of a request or of a batch member. Header names in lower case. */
export interface GraphAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; text or undefined where there was none. */
  readonly body: unknown;
}

// In lower case: services of Graph spell the same code differently ("Compare codes case-insensitively", Graph, errors).
// `not-found` is absent on purpose: a deletion is concluded from it, so the status alone may say it.
const codesByGraphCode: Readonly<Record<string, GraphErrorCode>> = {
  authorization_requestdenied: 'forbidden',
  accessdenied: 'forbidden',
  invalidauthenticationtoken: 'unauthenticated',
  unauthenticated: 'unauthenticated',
  toomanyrequests: 'throttled',
  activitylimitreached: 'throttled',
  servicenotavailable: 'unavailable',
  syncstatenotfound: 'delta-token-expired',
  resyncrequired: 'delta-token-expired',
  directory_expiredpagetoken: 'page-token-expired',
};

interface ErrorFacts {
  /** From the outermost to the innermost. */
  readonly codes: readonly string[];
  readonly requestId: string | undefined;
}

export const isOk = ({ status }: Pick<GraphAnswer, 'status'>) => status >= 200 && status < 300;

/** The error that a non-2xx answer stands for. `retryAfterMs` as the answer asked for, if it did. */
export function errorOfResponse(answer: GraphAnswer, retryAfterMs?: number): GraphError {
  const facts = errorFacts(answer.body);
  const graphCode = facts?.codes.findLast((code) => code.toLowerCase() in codesByGraphCode) ?? facts?.codes.at(-1);
  const requestId = facts?.requestId ?? answer.headers['request-id'];
  const code = codeOf(answer.status, facts?.codes);
  return new GraphError(code, `Graph answered ${answer.status}${graphCode ? ` (${graphCode})` : ''}`, {
    status: answer.status,
    ...(graphCode === undefined ? {} : { graphCode }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function codeOf(status: number, codes: readonly string[] | undefined): GraphErrorCode {
  // The innermost known code is the most exact one (Graph, errors: "innererror").
  for (const code of codes?.toReversed() ?? []) {
    const known = codesByGraphCode[code.toLowerCase()];
    if (known) return known;
  }
  if (status >= 300 && status < 400) return 'redirected';
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  // A 404 without Graph's error body comes from something on the way to it, and proves no absence.
  if (status === 404) return codes ? 'not-found' : 'unexpected-response';
  if (status === 409) return 'conflict';
  // Graph knows 410 only as the reset of a delta round (delta query overview, "Synchronization reset").
  if (status === 410) return 'delta-token-expired';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'unavailable' : 'bad-request';
}

function errorFacts(body: unknown): ErrorFacts | undefined {
  const outermost = property(body, 'error');
  if (!isObject(outermost)) return undefined;
  const codes: string[] = [];
  let requestId: string | undefined;
  // Depth is bounded: the answer is from outside, and a thousand nested objects say no more than ten.
  for (let error: unknown = outermost, depth = 0; isObject(error) && depth < 10; depth += 1) {
    const code = property(error, 'code');
    if (typeof code === 'string' && code !== '') codes.push(code);
    const id = property(error, 'request-id');
    if (typeof id === 'string') requestId = id;
    error = property(error, 'innerError') ?? property(error, 'innererror');
  }
  return { codes: codes.filter((code) => !/^\d+$/.test(code)), requestId };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const property = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
