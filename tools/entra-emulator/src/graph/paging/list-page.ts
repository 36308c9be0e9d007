import type { JsonObject } from '../../json.ts';
import type { GraphCall } from '../protocol/graph-call.ts';
import { isAdvancedQuery, isEventual, type GraphAnswer } from '../protocol/graph-request.ts';
import { expiredPageToken } from '../protocol/refusals.ts';
import type { PageStore } from './page-store.ts';

const DEFAULT_PAGE = 100;

/** Where a list goes on: the ids as they were at the first page. */
interface ListState {
  readonly path: string;
  readonly ids: readonly string[];
  readonly offset: number;
  readonly advanced: boolean;
}

export type ListPages = PageStore<ListState>;

/** A list before it is cut into pages. */
export interface List {
  /** After `$metadata#`. */
  readonly context: string;
  /** Called for the first page only. */
  ids(): readonly string[];
  /** Undefined for an object that has gone meanwhile. */
  render(id: string): JsonObject | undefined;
}

/** One page of a list: 100 items, or `$top`, and a nextLink as long as there are more. */
export function listPage(call: GraphCall, list: List): GraphAnswer {
  const state = call.options.skiptoken === undefined ? firstState(call, list) : nextState(call, call.options.skiptoken);
  const size = call.fault.emptyPage ? 0 : (call.options.top ?? DEFAULT_PAGE);
  const end = state.offset + size;
  const isFirst = state.offset === 0;
  const body: JsonObject = { '@odata.context': `${call.request.origin}/v1.0/$metadata#${list.context}` };
  if (isFirst && state.advanced) body['@odata.count'] = state.ids.length;
  if (end < state.ids.length) body['@odata.nextLink'] = nextLink(call, { ...state, offset: end });
  body['value'] = state.ids
    .slice(state.offset, end)
    .map((id) => list.render(id))
    .filter((item) => item !== undefined);
  return { status: 200, body };
}

function firstState(call: GraphCall, list: List): ListState {
  const advanced = isAdvancedQuery(call.request, call.options.count);
  return { path: call.request.path, ids: list.ids(), offset: 0, advanced };
}

function nextState(call: GraphCall, skiptoken: string): ListState {
  const state = call.fault.expire === 'page' ? undefined : call.tenant.listPages.read(skiptoken);
  if (state?.path !== call.request.path) throw expiredPageToken();
  // The header is not part of the link, and the index can't go on without it.
  if (state.advanced && !isEventual(call.request)) throw expiredPageToken();
  return state;
}

function nextLink(call: GraphCall, state: ListState): string {
  const { origin, path, query } = call.request;
  const kept = query.split('&').filter((part) => part !== '' && !/^(\$|%24)?skiptoken=/i.test(part));
  return `${origin}/v1.0${path}?${[...kept, `$skiptoken=${call.tenant.listPages.issue(state)}`].join('&')}`;
}
