import type { GraphCall } from '../protocol/graph-call.ts';
import { GraphError } from '../protocol/graph-error.ts';
import { expiredPageToken } from '../protocol/refusals.ts';
import type { DeltaPosition, DeltaQuery, DeltaRound, DeltaStart } from './delta-round.ts';

/** The link to a further page of a round. */
export function nextLink(call: GraphCall, round: DeltaRound, position: DeltaPosition): string {
  const token = call.tenant.delta.pages.seal({ appId: call.token.appId, round, position });
  return `${base(call, round.query)}?$skiptoken=${token}`;
}

/** The link to the round after this one. */
export function deltaLink(call: GraphCall, { query, upTo }: Pick<DeltaRound, 'query' | 'upTo'>): string {
  const token = call.tenant.delta.links.seal({ appId: call.token.appId, start: { query, after: upTo } });
  return `${base(call, query)}?$deltatoken=${token}`;
}

/** What a `$skiptoken` stands for. Refused when it has expired, or is another application's or another type's. */
export function openNextLink(
  call: GraphCall,
  asked: DeltaQuery,
  token: string,
): { round: DeltaRound; position: DeltaPosition } {
  const page = call.fault.expire === 'page' ? undefined : call.tenant.delta.pages.open(token);
  if (page?.appId !== call.token.appId || page.round.query.kind !== asked.kind) throw expiredPageToken();
  if (call.fault.expire === 'reset') throw resyncRequired(call, page.round.query);
  return page;
}

/** What a `$deltatoken` stands for. Refused likewise, and when it is from a directory that has been put back since. */
export function openDeltaLink(
  call: GraphCall,
  asked: DeltaQuery,
  token: string,
): Required<Omit<DeltaStart, 'isResync'>> {
  const link = call.fault.expire === 'delta' ? undefined : call.tenant.delta.links.open(token);
  const { query, after } = link?.start ?? {};
  if (query?.kind !== asked.kind || link?.appId !== call.token.appId) throw syncStateNotFound();
  if (after === undefined || after > call.tenant.directory.sequence) throw syncStateNotFound();
  if (call.fault.expire === 'reset') throw resyncRequired(call, query);
  return { query, after };
}

function base(call: GraphCall, { kind }: DeltaQuery): string {
  return `${call.request.origin}/v1.0/${kind}s/delta`;
}

function syncStateNotFound(): GraphError {
  const message =
    'The sync state generation is not found. The delta token is expired and data must be synchronized again.';
  return new GraphError(400, 'syncStateNotFound', message);
}

/** The way to begin again: what was asked first, with an empty token. */
function resyncRequired(call: GraphCall, query: DeltaQuery): GraphError {
  const { select, ids } = query;
  const options = [
    ...(select === undefined ? [] : [`$select=${select.join(',')}`]),
    ...(ids === undefined ? [] : [`$filter=${encodeURIComponent(ids.map((id) => `id eq '${id}'`).join(' or '))}`]),
    '$deltatoken=',
  ];
  const location = `${base(call, query)}?${options.join('&')}`;
  return new GraphError(410, 'resyncRequired', 'The state must be synchronized again from the start.', { location });
}
