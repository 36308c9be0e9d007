import { batchPages } from '../batch/batch-pages.ts';
import type { GraphClient } from '../client/graph-client.ts';
import { GraphError } from '../errors/graph-error.ts';
import { type Page, pages } from '../paging/pages.ts';
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

/** Where a delta query goes on. */
export interface DeltaQuery {
  readonly kind: DeltaKind;
  readonly link: string;
}

/** A page of the query with that index. */
export type PageOfDelta = {
  readonly [Kind in DeltaKind]: { readonly index: number; readonly kind: Kind } & DeltaPage<DeltaRows[Kind]>;
}[DeltaKind];

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
    yield readDeltaPage(page, kind);
  }
  if (!ended) throw unended();
}

/**
 * Follows many delta links to the end of their rounds, twenty of them with one request.
 * @throws GraphError as `deltaRound` does, for the first link that can't be followed: a part of the rounds says little.
 */
export async function* deltaRounds(
  client: GraphClient,
  queries: readonly DeltaQuery[],
): AsyncGenerator<PageOfDelta, void, undefined> {
  const open = new Set(queries.keys());
  const urls = queries.map(({ link }) => link);
  for await (const part of batchPages(client, urls)) {
    if ('error' in part) throw part.error;
    const { index, page } = part;
    if (page.deltaLink !== undefined) open.delete(index);
    yield queries[index]?.kind === 'users'
      ? { index, kind: 'users', ...readDeltaPage(page, 'users') }
      : { index, kind: 'groups', ...readDeltaPage(page, 'groups') };
  }
  if (open.size > 0) throw unended();
}

const readRow: { readonly [Kind in DeltaKind]: (row: Record<string, unknown>) => DeltaRows[Kind] } = {
  users: readUserDelta,
  groups: readGroupDelta,
};

function readDeltaPage<Kind extends DeltaKind>({ rows, deltaLink }: Page, kind: Kind): DeltaPage<DeltaRows[Kind]> {
  const read = rows.map((row) => readRow[kind](row));
  return { rows: read, ...(deltaLink === undefined ? {} : { deltaLink }) };
}

const unended = () => new GraphError('unexpected-response', 'a delta round ended without a link to the next one');
