import type { GraphClient } from '../client/graph-client.ts';
import { type DeltaKind, deltaRound } from './delta-round.ts';

export interface DeltaLinkOptions {
  /** Tracked properties, in Graph's names; `members` and `manager` are tracked by naming them. */
  readonly select: readonly string[];
  /** Only these objects, at most 50. All of the tenant when absent. */
  readonly ids?: readonly string[];
}

/** Graph, delta query overview: "you can apply the filter to a maximum of 50 objects". */
export const maxDeltaIds = 50;

/**
 * A delta link from now on, without reading what there is (`$deltatoken=latest`).
 * @throws GraphError; RangeError for more than 50 ids or none.
 */
export async function latestDeltaLink(
  client: GraphClient,
  kind: DeltaKind,
  options: DeltaLinkOptions,
): Promise<string> {
  const { select, ids } = options;
  if (ids && (ids.length === 0 || ids.length > maxDeltaIds)) {
    throw new RangeError(`a delta link follows 1 to ${maxDeltaIds} objects, not ${ids.length}`);
  }
  const filter = ids?.map((id) => `id eq '${id.replaceAll("'", "''")}'`).join(' or ');
  const parts = [
    '$deltatoken=latest',
    `$select=${encodeURIComponent(select.join(','))}`,
    ...(filter === undefined ? [] : [`$filter=${encodeURIComponent(filter)}`]),
  ];
  let latest: string | undefined;
  for await (const page of deltaRound(client, `/${kind}/delta?${parts.join('&')}`, kind)) latest = page.deltaLink;
  // deltaRound throws when there is none.
  return latest ?? '';
}
