import { isGuid } from '../../directory/file-checks.ts';
import { badRequest, unsupportedQuery } from '../protocol/refusals.ts';
import type { Filter } from '../query/filter/filter.ts';
import { parseFilter } from '../query/filter/parse-filter.ts';
import { allowOptions, type QueryOptions } from '../query/query-options.ts';
import { checkSelect } from '../query/select.ts';
import type { DeltaKind, DeltaQuery } from './delta-round.ts';
import { isRelation } from './tracked.ts';

/** How many ids one delta query may be narrowed to. */
const MAX_IDS = 50;

/** What a delta query asks for, or Graph's refusal: no `$expand`, `$top` or `$orderby`, and a filter by id alone. */
export function deltaQuery(kind: DeltaKind, options: QueryOptions): DeltaQuery {
  allowOptions(options, '$select', '$filter', '$deltatoken', '$skiptoken');
  checkTokens(options);
  const { filter } = options;
  const select = options.select?.flatMap((name) =>
    isRelation(kind, name) ? [name] : (checkSelect(kind, [name], 'collection') ?? []),
  );
  return {
    kind,
    ...(select === undefined ? {} : { select }),
    ...(filter === undefined ? {} : { ids: filterIds(parseFilter(filter)) }),
  };
}

/** A token carries what was asked first; only what is tracked may be changed, and only with a whole new round. */
function checkTokens({ skiptoken, deltatoken, select, filter }: QueryOptions): void {
  if (skiptoken !== undefined && deltatoken !== undefined)
    throw badRequest('$skiptoken cannot be combined with $deltatoken.');
  if (skiptoken !== undefined && select !== undefined) throw badRequest('$select cannot be combined with $skiptoken.');
  const isNewRound = skiptoken === undefined && ['', 'latest'].includes(deltatoken?.toLowerCase() ?? '');
  if (filter !== undefined && !isNewRound) throw badRequest('$filter cannot be combined with a state token.');
}

function filterIds(filter: Filter): string[] {
  const ids = (filter.kind === 'or' ? filter.operands : [filter]).map((operand) => {
    if (operand.kind !== 'compare' || operand.path !== 'id' || operand.operator !== 'eq') throw unsupportedQuery();
    const { type, value } = operand.value;
    if (type !== 'text' || !isGuid(value)) throw badRequest(`Invalid filter clause: '${String(value)}' is not an id.`);
    return value.toLowerCase();
  });
  if (ids.length > MAX_IDS) throw badRequest(`A delta query can be filtered by at most ${MAX_IDS} ids.`);
  return [...new Set(ids)];
}
