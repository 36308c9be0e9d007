import { GraphError } from '../protocol/graph-error.ts';
import type { GraphRequest } from '../protocol/graph-request.ts';
import { throttled } from '../throttling/too-many-requests.ts';
import type { DrawnFault } from './fault.ts';

const codes: Readonly<Record<number, string>> = {
  401: 'InvalidAuthenticationToken',
  403: 'Authorization_RequestDenied',
  410: 'resyncRequired',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  503: 'serviceNotAvailable',
  504: 'UnknownError',
  509: 'activityLimitReached',
};

/** The refusal that a fault asks for, if it asks for one. */
export function faultError(fault: DrawnFault, request: GraphRequest): GraphError | undefined {
  if (fault.status === undefined) return undefined;
  const headers: Record<string, string> = {};
  if (fault.retryAfter !== undefined) headers['retry-after'] = String(fault.retryAfter);
  // A new start has the initial URL with an empty token.
  if (fault.status === 410) headers['location'] = `${request.origin}/v1.0${request.path}?$deltatoken=`;
  const code = fault.code ?? codes[fault.status] ?? 'UnknownError';
  const inner = fault.status === 429 ? throttled(headers).inner : {};
  return new GraphError(fault.status, code, fault.message ?? 'Please retry again later.', headers, inner);
}
