import type { JsonObject } from '../../json.ts';
import type { GraphCall } from '../protocol/graph-call.ts';
import { isAdvancedQuery, isEventual, type GraphAnswer } from '../protocol/graph-request.ts';
import { expiredPageToken } from '../protocol/refusals.ts';
import type { PageStore } from './page-store.ts';

const DEFAULT_PAGE = 100;

/** Where a list goes on. */
interface ListState {
  /** The path and the options of the first page: a later one must repeat them. */
  readonly request: string;
  /** What the list is made from, as it was at the first page. */
  readonly ids: readonly string[];
  readonly position: number;
  /** Whether the index answers it, which needs the header on every page. */
  readonly eventual: boolean;
}

/** What nextLinks of lists stand for. */
export type ListPages = PageStore<ListState>;

/** A list before it is cut into pages. */
export interface List {
  /** After `$metadata#`. */
  readonly context: string;
  /** Called for the first page only. For an advanced query their number is the count. */
  ids(): readonly string[];
  /** Undefined for an id that the list does not show. */
  render(id: string): JsonObject | undefined;
  /** The size of a page is never more than this; 999 for most lists. */
  readonly largestPage?: number;
}

/** One page of a list: 100 items, or `$top`, and a nextLink as long as there are more. */
export function listPage(call: GraphCall, list: List): GraphAnswer {
  const resumed = resumedList(call);
  const { ids, position } = resumed ?? { ids: list.ids(), position: 0 };
  const size = call.fault.emptyPage ? 0 : (call.options.top ?? DEFAULT_PAGE);
  const { items, next } = pageFrom(ids, position, list, Math.min(size, list.largestPage ?? size));
  const body: JsonObject = { '@odata.context': `${call.request.origin}/v1.0/$metadata#${list.context}` };
  if (resumed === undefined && isAdvancedQuery(call.request, call.options.count)) body['@odata.count'] = ids.length;
  if (next !== undefined) body['@odata.nextLink'] = nextLink(call, ids, next, resumed === undefined);
  body['value'] = items;
  return { status: 200, body };
}

/** Where the list of a nextLink goes on; undefined for a first page. Refuses a link that was changed or has expired. */
export function resumedList(call: GraphCall): ListState | undefined {
  const { skiptoken } = call.options;
  if (skiptoken === undefined) return undefined;
  const state = call.fault.expire === 'page' ? undefined : call.tenant.listPages.read(skiptoken);
  if (state?.request !== requestOf(call)) throw expiredPageToken();
  // The header is not part of the link, and the index can't go on without it.
  if (state.eventual && !isEventual(call.request)) throw expiredPageToken();
  return state;
}

/** The items of a page and the position of the first one after it. Reads no further than that. */
function pageFrom(
  ids: readonly string[],
  position: number,
  list: List,
  size: number,
): { items: JsonObject[]; next?: number } {
  const items: JsonObject[] = [];
  for (let at = position; at < ids.length; at += 1) {
    const item = list.render(ids[at] ?? '');
    if (item === undefined) continue;
    if (items.length === size) return { items, next: at };
    items.push(item);
  }
  return { items };
}

function requestOf({ request }: GraphCall): string {
  const options = new URLSearchParams(request.query);
  options.delete('$skiptoken');
  return `${request.path}?${options.toString()}`;
}

function nextLink(call: GraphCall, ids: readonly string[], position: number, isFirst: boolean): string {
  const { origin, path, query } = call.request;
  const state = { request: requestOf(call), ids, position, eventual: isEventual(call.request) };
  const kept = query.split('&').filter((part) => part !== '' && !/^(\$|%24)?skiptoken=/i.test(part));
  const token = call.tenant.listPages.issue(state, isFirst ? ids.length : 0);
  return `${origin}/v1.0${path}?${[...kept, `$skiptoken=${token}`].join('&')}`;
}
