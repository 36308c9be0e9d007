import type { DirectoryReads } from '../../directory/directory.ts';
import type { ObjectKind } from '../../directory/object-kind.ts';
import type { JsonObject } from '../../json.ts';
import { listPage, resumedList } from '../paging/list-page.ts';
import type { GraphCall } from '../protocol/graph-call.ts';
import { isEventual, type GraphAnswer } from '../protocol/graph-request.ts';
import { badRequest } from '../protocol/refusals.ts';
import { asksForIndex, collectionQuery, type CollectionQuery } from './collection-query.ts';
import { sorted } from './order/sorted.ts';
import type { Propertied } from './property-value.ts';
import { allowOptions } from './query-options.ts';

/** Objects that can be listed, counted, filtered, searched and sorted. */
export interface Collection<Item extends Propertied> {
  /** After `$metadata#`, without what is selected: `users`, `directoryObjects`. */
  readonly context: string;
  /** The types of its items. */
  readonly kinds: readonly ObjectKind[];
  /**
   * `roots` are filtered and sorted as their type allows. Of a `relation` of another object, the index of advanced queries
   * alone does that. Some lists come from that `index` in any case.
   */
  readonly answeredBy: 'roots' | 'relation' | 'index';
  /** All that may be in it, before `$filter` and `$search`. */
  ids(query: Pick<CollectionQuery, 'directory' | 'filter'>): readonly string[];
  /** Undefined for an id that is not in it. */
  find(directory: DirectoryReads, id: string): Item | undefined;
  render(item: Item, select: readonly string[] | undefined): JsonObject;
  /** With `$expand`: the relation as the context names it. */
  readonly expanded?: string | undefined;
}

/** Answers a read of a collection by one page. */
export function listCollection<Item extends Propertied>(call: GraphCall, collection: Collection<Item>): GraphAnswer {
  const { expanded } = collection;
  const expand = expanded === undefined ? [] : ['$expand'];
  allowOptions(call.options, '$select', '$filter', '$search', '$orderby', '$top', '$count', '$skiptoken', ...expand);
  // A link without its header has expired, whatever else is wrong without it.
  resumedList(call);
  const isAdvanced = asksForIndex(call);
  const query = collectionQuery(call, collection, isAdvanced);
  return listPage(call, {
    context: contextOf(collection, query.select),
    ...(query.largestPage === undefined ? {} : { largestPage: query.largestPage }),
    // To count and to sort, all have to be looked at. Else it is done page by page.
    ids: () => (isAdvanced || query.orderBy ? found(collection, query) : collection.ids(query)),
    render(id) {
      const item = collection.find(query.directory, id);
      return item && query.matches(item) ? collection.render(item, query.select) : undefined;
    },
  });
}

/** Answers `/$count`: a number as plain text. */
export function countCollection<Item extends Propertied>(call: GraphCall, collection: Collection<Item>): GraphAnswer {
  allowOptions(call.options, '$filter', '$search');
  if (!isEventual(call.request)) throw badRequest('$count is not currently supported.');
  return { status: 200, body: String(found(collection, collectionQuery(call, collection, true)).length) };
}

function found<Item extends Propertied>(collection: Collection<Item>, query: CollectionQuery): string[] {
  const items = collection.ids(query).flatMap((id) => {
    const item = collection.find(query.directory, id);
    return item && query.matches(item) ? [{ id, item }] : [];
  });
  return (query.orderBy ? sorted(items, query.orderBy) : items).map(({ id }) => id);
}

function contextOf(
  { context, expanded }: Pick<Collection<Propertied>, 'context' | 'expanded'>,
  select: readonly string[] | undefined,
): string {
  const names = [...(select ?? []), ...(expanded === undefined ? [] : [expanded])];
  return names.length === 0 ? context : `${context}(${names.join(',')})`;
}
