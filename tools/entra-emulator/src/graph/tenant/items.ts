import type { JsonObject } from '../../json.ts';
import { listPage } from '../paging/list-page.ts';
import type { GraphCall } from '../protocol/graph-call.ts';
import type { GraphAnswer } from '../protocol/graph-request.ts';
import { invalidODataRequest, notFound, unsupportedQuery } from '../protocol/refusals.ts';
import { noSuchProperty, unsupportedClause } from '../query/filter/filter-refusals.ts';
import type { Filter } from '../query/filter/filter.ts';
import { matchesFilter } from '../query/filter/matches-filter.ts';
import { parseFilter } from '../query/filter/parse-filter.ts';
import { allowOptions } from '../query/query-options.ts';

/** A type of things that belong to the tenant and are no objects of its directory. */
export interface ItemType {
  /** As refusals name it. */
  readonly name: string;
  /** As a context names it. */
  readonly collection: string;
  /** Every property of the type, as it reads without a value. */
  readonly blank: JsonObject;
  /** What its collection can be filtered by. */
  readonly filterable: readonly string[];
}

/** One of them. */
export interface Item extends JsonObject {
  readonly id: string;
}

/** Answers a read of all items. */
export function listItems(call: GraphCall, type: ItemType, items: readonly Item[]): GraphAnswer {
  allowOptions(call.options, '$select', '$filter', '$top', '$count', '$skiptoken');
  const select = checkedSelect(call, type);
  const filter = checkedFilter(call, type);
  const found = items.filter((item) => filter === undefined || matchesFilter(filter, (path) => item[path]));
  const byId = new Map(found.map((item) => [item.id, item]));
  return listPage(call, {
    context: contextOf(type, select),
    ids: () => [...byId.keys()],
    render: (id) => picked(byId.get(id), select),
  });
}

/** Answers a read of one item, which `key` names. */
export function readItem(call: GraphCall, type: ItemType, key: string, item: Item | undefined): GraphAnswer {
  allowOptions(call.options, '$select');
  const select = checkedSelect(call, type);
  if (item === undefined) throw notFound(key);
  const context = `${call.request.origin}/v1.0/$metadata#${contextOf(type, select)}/$entity`;
  return { status: 200, body: { '@odata.context': context, ...picked(item, select) } };
}

function checkedSelect({ options }: GraphCall, { name: type, blank }: ItemType): readonly string[] | undefined {
  return options.select?.map((name) => {
    const spelled = Object.keys(blank).find((property) => property.toLowerCase() === name.toLowerCase());
    if (spelled !== undefined) return spelled;
    throw invalidODataRequest(
      `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
    );
  });
}

function checkedFilter({ options }: GraphCall, { name, blank, filterable }: ItemType): Filter | undefined {
  if (options.filter === undefined) return undefined;
  const filter = parseFilter(options.filter);
  if (!('path' in filter)) throw unsupportedQuery();
  if (!(filter.path in blank)) throw noSuchProperty(filter.path, name);
  const isPlain = filter.kind === 'in' || (filter.kind === 'compare' && filter.operator === 'eq');
  const isPrefix = filter.kind === 'call' && filter.name === 'startswith' && filter.path === 'displayName';
  if (!(isPlain || isPrefix) || !filterable.includes(filter.path)) throw unsupportedClause(filter.path, name);
  return filter;
}

function contextOf({ collection }: ItemType, select: readonly string[] | undefined): string {
  return select === undefined ? collection : `${collection}(${select.join(',')})`;
}

function picked(item: JsonObject | undefined, select: readonly string[] | undefined): JsonObject | undefined {
  if (item === undefined || select === undefined) return item;
  return Object.fromEntries(select.map((name) => [name, item[name]]));
}
