import type { ObjectKind } from '../../directory/change.ts';
import { isGuid } from '../../directory/file-checks.ts';
import { isProperty } from '../../directory/property-type.ts';
import { badRequest, invalidODataRequest, unsupportedQuery } from '../protocol/refusals.ts';
import type { Filter } from '../query/filter.ts';
import { parseFilter } from '../query/parse-filter.ts';
import { propertiesOf } from '../query/projection.ts';
import { allowOptions, type QueryOptions } from '../query/query-options.ts';
import { relationOf } from './delta-entry.ts';
import type { DeltaQuery } from './delta-token.ts';

/** How many ids one delta query may be narrowed to. */
const MAX_IDS = 50;

/** What a delta query asks for, or Graph's refusal: no `$expand`, `$top` or `$orderby`, and a filter by id alone. */
export function deltaQuery(kind: ObjectKind, options: QueryOptions): DeltaQuery {
  allowOptions(options, '$select', '$filter', '$deltatoken', '$skiptoken');
  if (options.skiptoken !== undefined && options.select !== undefined)
    throw badRequest('$select cannot be combined with $skiptoken.');
  for (const name of options.select ?? []) {
    if (name !== relationOf(kind) && !isProperty(propertiesOf[kind], name)) {
      throw invalidODataRequest(
        `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${kind}'.`,
      );
    }
  }
  return {
    kind,
    ...(options.select === undefined ? {} : { select: options.select }),
    ...(options.filter === undefined ? {} : { ids: filterIds(parseFilter(options.filter)) }),
  };
}

function filterIds(filter: Filter): string[] {
  const ids = (filter.kind === 'or' ? filter.operands : [filter]).map((operand) => {
    if (operand.kind !== 'compare' || operand.property !== 'id' || operand.operator !== 'eq') throw unsupportedQuery();
    if (typeof operand.value !== 'string' || !isGuid(operand.value))
      throw badRequest(`Invalid filter clause: '${String(operand.value)}' is not an id.`);
    return operand.value.toLowerCase();
  });
  if (ids.length > MAX_IDS) throw badRequest(`A delta query can be filtered by at most ${MAX_IDS} ids.`);
  return ids;
}
