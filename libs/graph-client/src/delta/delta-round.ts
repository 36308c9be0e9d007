import type { GraphClient } from '../client/graph-client.ts';
import { GraphError } from '../errors/graph-error.ts';
import { pages } from '../paging/pages.ts';
import { type GroupDelta, readGroupDelta, readUserDelta, type UserDelta } from './delta-rows.ts';

/** What a delta query tells the changes of, with the row it tells them by. */
export interface DeltaRows {
  readonly users: UserDelta;
  readonly groups: GroupDelta;
}

export type DeltaKind = keyof DeltaRows;

/** A page of a delta round. The last one, and no other, has the link where the next round begins. */
export interface DeltaPage<Row> {
  readonly rows: readonly Row[];
  readonly deltaLink?: string;
}

const readRow: { readonly [Kind in DeltaKind]: (row: Record<string, unknown>) => DeltaRows[Kind] } = {
  users: readUserDelta,
  groups: readGroupDelta,
};

/**
 * Follows a delta link to the end of the round. Rows come in no order, and one object may come several times. The
 * deltaLink may be stored only after everything of the round is safe.
 * @throws GraphError `delta-token-expired` when the link is too old or Graph reset it (read everything again),
 *   `page-token-expired` when the pages were read too slowly (the same link again), and others.
 */
export async function* deltaRound<Kind extends DeltaKind>(
  client: GraphClient,
  link: string,
  kind: Kind,
): AsyncGenerator<DeltaPage<DeltaRows[Kind]>, void, undefined> {
  let ended = false;
  for await (const page of pages(client, link)) {
    ended = page.deltaLink !== undefined;
    const rows = page.rows.map((row) => readRow[kind](row));
    yield { rows, ...(page.deltaLink === undefined ? {} : { deltaLink: page.deltaLink }) };
  }
  if (!ended) throw new GraphError('unexpected-response', 'a delta round ended without a link to the next one');
}
