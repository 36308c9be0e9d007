import type { DirectoryReads } from '../../directory/directory.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import type { GraphAnswer } from '../protocol/graph-request.ts';
import { readGroups, readUsers } from '../protocol/permissions.ts';
import { deltaLink, nextLink, openDeltaLink, openNextLink } from './delta-links.ts';
import { deltaPage, type DeltaPage } from './delta-page.ts';
import { deltaQuery } from './delta-query.ts';
import { candidatesOf, type DeltaKind, type DeltaPosition, type DeltaQuery, type DeltaRound } from './delta-round.ts';
import { isRelation } from './tracked.ts';

/** What changed among users and among groups since the last time. */
export const deltaRoutes: readonly Route[] = [
  { method: 'GET', path: '/users/delta', permissions: readUsers, handle: (call) => delta(call, 'user') },
  { method: 'GET', path: '/groups/delta', permissions: readGroups, handle: (call) => delta(call, 'group') },
];

function delta(call: GraphCall, kind: DeltaKind): GraphAnswer {
  const query = deltaQuery(kind, call.options);
  if (call.options.deltatoken?.toLowerCase() === 'latest')
    return answer(call, { query, upTo: call.directory.sequence }, { rows: [], next: undefined });
  const { round, position } = startOf(call, query);
  return answer(call, round, pageOf(call, round, position));
}

function startOf(call: GraphCall, query: DeltaQuery): { round: DeltaRound; position: DeltaPosition } {
  const { skiptoken, deltatoken } = call.options;
  const { sequence } = call.directory;
  const position = { index: 0 };
  if (skiptoken !== undefined) return openNextLink(call, query, skiptoken);
  if (deltatoken === undefined) return { round: { query, upTo: sequence }, position };
  if (deltatoken === '') return { round: { query, upTo: sequence, isResync: true }, position };
  const start = openDeltaLink(call, query, deltatoken);
  // A `$select` beside the token changes what is tracked from here on.
  const tracked = query.select === undefined ? start.query : { ...start.query, select: query.select };
  // A copy that lags may know less than the link does already: then the link stays where it was.
  return { round: { query: tracked, after: start.after, upTo: Math.max(start.after, sequence) }, position };
}

function pageOf(call: GraphCall, round: DeltaRound, position: DeltaPosition): DeltaPage {
  if (call.fault.emptyPage) return { rows: [], next: position };
  const { options, recentCandidates, recentLinks } = call.tenant.delta;
  const directory = freshEnough(call, round);
  return deltaPage(
    {
      directory,
      round,
      candidates: candidatesOf(directory, round, recentCandidates),
      options: { ...options, ...call.fault.delta },
      isMinimal: /(^|[,;\s])return=minimal\b/i.test(call.request.headers['prefer'] ?? ''),
      recentLinks,
    },
    position,
  );
}

/** A page must know all that its round is about: a copy that lags too far behind would call the rest deleted. */
function freshEnough({ directory, tenant }: GraphCall, { upTo }: DeltaRound): DirectoryReads {
  return directory.sequence >= upTo ? directory : tenant.directory;
}

function answer(call: GraphCall, round: DeltaRound, { rows, next }: DeltaPage): GraphAnswer {
  const { kind } = round.query;
  const link = next
    ? { '@odata.nextLink': nextLink(call, round, next) }
    : { '@odata.deltaLink': deltaLink(call, round) };
  const context = `${call.request.origin}/v1.0/$metadata#${kind}s${selection(call, kind)}`;
  return { status: 200, body: { '@odata.context': context, ...link, value: rows } };
}

/** The properties that this request selects itself: what a token stands for is not repeated, and links are never named. */
function selection({ options }: GraphCall, kind: DeltaKind): string {
  const names = options.select?.filter((name) => !isRelation(kind, name)) ?? [];
  return names.length === 0 ? '' : `(${names.join(',')})`;
}
