import type { DirectoryReads } from '../../directory/directory.ts';
import type { ObjectKind } from '../../directory/object-kind.ts';
import type { GraphCall } from '../protocol/graph-call.ts';
import { isAdvancedQuery, isEventual } from '../protocol/graph-request.ts';
import { unsupportedQuery } from '../protocol/refusals.ts';
import type { Collection } from './collection.ts';
import { checkFilter } from './filter/check-filter.ts';
import type { Filter } from './filter/filter.ts';
import { filteredProperties } from './filter/filtered-properties.ts';
import { filteredValue } from './filter/filtered-value.ts';
import { filterTarget } from './filter/filter-target.ts';
import { matchesFilter } from './filter/matches-filter.ts';
import { parseFilter } from './filter/parse-filter.ts';
import { checkGuarded } from './guarded-properties.ts';
import { parseOrderBy, unsupportedSort, type OrderBy } from './order/order-by.ts';
import { propertyValue, type Propertied } from './property-value.ts';
import { checkSearch } from './search/check-search.ts';
import { searchTest } from './search/matches-search.ts';
import { parseSearch } from './search/parse-search.ts';
import { checkSelect } from './select.ts';

/** Users with their sign-in activity come in smaller pages. */
const LARGEST_PAGE_OF_SIGN_INS = 500;

/** The options of a request on a collection, checked and ready to use. */
export interface CollectionQuery {
  /** The directory, or the index of advanced queries, which may lag behind it. */
  readonly directory: DirectoryReads;
  readonly select: readonly string[] | undefined;
  readonly filter: Filter | undefined;
  readonly orderBy: OrderBy | undefined;
  readonly largestPage: number | undefined;
  /** Whether an object passes `$filter` and `$search`. */
  matches(object: Propertied): boolean;
}

type Asked = Pick<Collection<Propertied>, 'kinds' | 'answeredBy'>;

/** Reads the options and refuses what Graph refuses. `isAdvanced` is a query that may use the index for everything. */
export function collectionQuery(call: GraphCall, asked: Asked, isAdvanced: boolean): CollectionQuery {
  const { options } = call;
  if (asked.answeredBy === 'index' && !isAdvanced) throw unsupportedQuery();
  const select = checkSelect(asked.kinds, options.select, 'collection');
  const filter = readFilter(call, asked, isAdvanced);
  const search = readSearch(call, asked.kinds);
  const orderBy = readOrderBy(call, asked, isAdvanced);
  const properties = new Set([...(select ?? []), ...(filter ? filteredProperties(filter) : [])]);
  checkGuarded(call, properties);
  const directory = isAdvanced || search ? call.index() : call.directory;
  return {
    directory,
    select,
    filter,
    orderBy,
    largestPage: properties.has('signInActivity') ? LARGEST_PAGE_OF_SIGN_INS : undefined,
    matches: (object) =>
      (filter === undefined || matchesFilter(filter, (path) => filteredValue(directory, object, path))) &&
      (search === undefined || search((property) => propertyValue(object, property))),
  };
}

/** Whether the header and `$count=true` ask for the index. */
export function asksForIndex(call: GraphCall): boolean {
  return isAdvancedQuery(call.request, call.options.count);
}

function readFilter({ options }: GraphCall, { kinds, answeredBy }: Asked, isAdvanced: boolean): Filter | undefined {
  if (options.filter === undefined) return undefined;
  const filter = parseFilter(options.filter);
  if (answeredBy !== 'roots' && !isAdvanced) throw unsupportedQuery();
  const checked = checkFilter(filter, filterTarget(kinds), isAdvanced);
  const properties = filteredProperties(checked);
  // Sign-ins are kept apart: no index joins them with anything else.
  if (properties.has('signInActivity') && properties.size > 1) throw unsupportedQuery();
  return checked;
}

function readSearch({ request, options }: GraphCall, kinds: readonly ObjectKind[]) {
  if (options.search === undefined) return undefined;
  if (!isEventual(request)) {
    throw unsupportedQuery(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  return searchTest(checkSearch(parseSearch(options.search), kinds));
}

function readOrderBy({ options }: GraphCall, asked: Asked, isAdvanced: boolean): OrderBy | undefined {
  if (options.orderby === undefined) return undefined;
  const isCombined = options.filter !== undefined || options.search !== undefined;
  if (!isAdvanced && (isCombined || asked.answeredBy !== 'roots')) throw unsupportedSort();
  return parseOrderBy(options.orderby, asked.kinds, isAdvanced);
}
