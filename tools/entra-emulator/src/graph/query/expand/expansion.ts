import type { DirectoryObject } from '../../../directory/change.ts';
import type { JsonObject } from '../../../json.ts';
import type { GraphCall } from '../../protocol/graph-call.ts';
import { invalidODataRequest, notImplemented, unsupportedQuery } from '../../protocol/refusals.ts';
import { asksForIndex } from '../collection-query.ts';
import { parseExpand, type Expand } from './parse-expand.ts';

/** An expanded relation shows no more than this, and does not say so. */
const EXPAND_LIMIT = 20;

/** A relation that `$expand` asked for. */
export interface Expansion {
  readonly relation: string;
  /** What it adds to an object: the related objects by the name of the relation, or nothing. */
  of(object: DirectoryObject): JsonObject;
}

/** The relations that a type can expand. */
export interface ExpandableType {
  /** In refusals: `user`. */
  readonly type: string;
  /** Related objects as they are shown; many, of which the first 20 are. */
  readonly lists: ReadonlyMap<string, (call: GraphCall, object: DirectoryObject) => Iterable<JsonObject>>;
  /** Relations with rules of their own. */
  readonly others?: ReadonlyMap<string, (call: GraphCall, expand: Expand) => Expansion>;
  /** What Graph can expand and this emulator can't. */
  readonly notEmulated: readonly string[];
}

/** Reads the `$expand` of a request; undefined when there is none. */
export function expansionOf(
  call: GraphCall,
  { type, lists, others, notEmulated }: ExpandableType,
): Expansion | undefined {
  if (call.options.expand === undefined) return undefined;
  const expand = parseExpand(call.options.expand);
  const { relation } = expand;
  const other = others?.get(relation);
  if (other) return other(call, expand);
  const list = lists.get(relation);
  if (list) return listExpansion(call, expand, list);
  if (notEmulated.includes(relation)) throw notImplemented(`the expansion of '${relation}' of a ${type}`);
  throw invalidODataRequest(
    `Parsing OData Select and Expand failed: Could not find a property named '${relation}' on type 'microsoft.graph.${type}'.`,
  );
}

/** Refuses to expand in an advanced query. */
export function refuseAdvanced(call: GraphCall): void {
  if (asksForIndex(call)) throw unsupportedQuery('$expand is not supported together with advanced query parameters.');
}

function listExpansion(
  call: GraphCall,
  expand: Expand,
  list: (call: GraphCall, object: DirectoryObject) => Iterable<JsonObject>,
): Expansion {
  refuseAdvanced(call);
  const { relation, levels, select } = expand;
  if (levels !== undefined) throw unsupportedQuery(`$levels is not supported for '${relation}'.`);
  if (select !== undefined) throw unsupportedQuery(`$select is not supported inside of $expand=${relation}.`);
  return {
    relation,
    of(object) {
      const items: JsonObject[] = [];
      for (const item of list(call, object)) {
        if (items.push(item) === EXPAND_LIMIT) break;
      }
      return { [relation]: items };
    },
  };
}
