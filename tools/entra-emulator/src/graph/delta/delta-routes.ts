import type { ObjectKind } from '../../directory/change.ts';
import type { JsonObject } from '../../json.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import { GraphError } from '../protocol/graph-error.ts';
import type { GraphAnswer } from '../protocol/graph-request.ts';
import { readGroups, readUsers } from '../protocol/permissions.ts';
import { expiredPageToken } from '../protocol/refusals.ts';
import { changedEntries, initialEntries } from './delta-entry.ts';
import { deltaPage, type DeltaPosition } from './delta-pages.ts';
import { deltaQuery } from './delta-query.ts';
import type { DeltaQuery } from './delta-token.ts';

/** What changed among users and among groups since the last time. */
export const deltaRoutes: readonly Route[] = [
  { method: 'GET', path: '/users/delta', permissions: readUsers, handle: (call) => delta(call, 'user') },
  { method: 'GET', path: '/groups/delta', permissions: readGroups, handle: (call) => delta(call, 'group') },
];

function delta(call: GraphCall, kind: ObjectKind): GraphAnswer {
  const query = deltaQuery(kind, call.options);
  if (call.options.deltatoken === 'latest')
    return { status: 200, body: lastPage(call, query, call.directory.sequence, []) };
  const position = startOf(call, query);
  if (call.fault.emptyPage) return { status: 200, body: pageWithNext(call, position, []) };
  const minimal = /(^|[,;\s])return=minimal\b/i.test(call.request.headers['prefer'] ?? '');
  const { rows, next } = deltaPage(call.directory, call.tenant.deltaPages, position, minimal);
  const { round } = position;
  const body = next ? pageWithNext(call, next, rows) : lastPage(call, round.query, round.sequence, rows);
  return { status: 200, body };
}

function startOf(call: GraphCall, query: DeltaQuery): DeltaPosition {
  const { skiptoken, deltatoken } = call.options;
  if (skiptoken !== undefined) return resumed(call, query.kind, skiptoken);
  if (deltatoken !== undefined && deltatoken !== '') return laterRound(call, query, deltatoken);
  const { sequence } = call.directory;
  return {
    round: { query, sequence, entries: initialEntries(call.directory, query), cutLinks: new Map() },
    entry: 0,
    link: 0,
  };
}

function resumed(call: GraphCall, kind: ObjectKind, skiptoken: string): DeltaPosition {
  const position = call.tenant.deltaPages.rounds.read(skiptoken);
  if (position?.round.query.kind !== kind) throw expiredPageToken();
  return position;
}

function laterRound(call: GraphCall, asked: DeltaQuery, deltatoken: string): DeltaPosition {
  const token = call.tenant.deltaPages.tokens.open(deltatoken);
  if (token?.kind !== asked.kind) throw syncStateNotFound();
  const { sequence: after, kind, select, ids } = token;
  // A `$select` beside the token changes what is tracked from here on.
  const tracked = asked.select ?? select;
  const query = { kind, ...(tracked === undefined ? {} : { select: tracked }), ...(ids === undefined ? {} : { ids }) };
  const entries = changedEntries(call.directory, query, after);
  // A copy that lags may know less than the link does already: then the link stays where it was.
  const sequence = Math.max(after, call.directory.sequence);
  return { round: { query, sequence, entries, cutLinks: new Map() }, entry: 0, link: 0 };
}

function syncStateNotFound(): GraphError {
  const message =
    'The sync state generation is not found. The delta token is expired and data must be synchronized again.';
  return new GraphError(400, 'syncStateNotFound', message);
}

function pageWithNext(call: GraphCall, next: DeltaPosition, rows: JsonObject[]): JsonObject {
  const link = `${base(call, next.round.query)}/delta?$skiptoken=${call.tenant.deltaPages.rounds.issue(next)}`;
  return { '@odata.context': context(call, next.round.query), '@odata.nextLink': link, value: rows };
}

function lastPage(call: GraphCall, query: DeltaQuery, sequence: number, rows: JsonObject[]): JsonObject {
  const link = `${base(call, query)}/delta?$deltatoken=${call.tenant.deltaPages.tokens.seal(query, sequence)}`;
  return { '@odata.context': context(call, query), '@odata.deltaLink': link, value: rows };
}

function base(call: GraphCall, query: DeltaQuery): string {
  return `${call.request.origin}/v1.0/${query.kind}s`;
}

function context(call: GraphCall, { kind, select }: DeltaQuery): string {
  const names = select === undefined ? '' : `(${select.join(',')})`;
  return `${call.request.origin}/v1.0/$metadata#${kind}s${names}`;
}
