import type { SentRequest } from '@learnamp/graph-client';
import { pastSpan, SpanKind } from '@learnamp/tracing';
import { SCOPE } from './stage.ts';

/** Graph's own words in addresses. Whatever else stands there may name somebody or something. */
const words = new Set([
  ...['v1.0', 'users', 'groups', 'members', 'memberOf', 'checkMemberGroups', 'delta', 'photo', 'photos', '$value'],
  ...['$batch', '$count', 'subscriptions', 'reauthorize'],
]);

/** The address without whatever could be an id or a name. */
export const routeOf = (path: string): string =>
  path
    .split('/')
    .map((part) => (part === '' || words.has(part) ? part : '{id}'))
    .join('/');

/** A span of a request to Graph that has ended, where it belongs to something that is traced. */
export function requestSpan({ method, path, status, milliseconds, batchMembers, throttled }: SentRequest): void {
  const route = routeOf(path);
  const attributes = {
    'http.request.method': method,
    'url.template': route,
    'learnamp.graph.throttled': throttled,
    ...(status === undefined ? {} : { 'http.response.status_code': status }),
    ...(batchMembers > 0 ? { 'learnamp.graph.batch_members': batchMembers } : {}),
  };
  const failed = status === undefined || status >= 400;
  pastSpan(`${method} ${route}`, { scope: SCOPE, kind: SpanKind.CLIENT, attributes, milliseconds, failed });
}
