import { batchPages } from '../batch/batch-pages.ts';
import type { GraphClient } from '../client/graph-client.ts';
import { GraphError } from '../errors/graph-error.ts';
import { type PersonRead, readPersonRow } from './person-row.ts';

export interface ReadPeopleOptions {
  /** Properties of the user, in Graph's names; at least one that everybody has, such as userPrincipalName. */
  readonly select: readonly string[];
}

// "in" takes at most 15 values in a filter of Graph; with 20 requests a batch, 300 people cost one HTTP request.
const idsPerFilter = 15;
// Filters in hand at the same time, so that a large tenant streams: four batches.
const filtersAtOnce = 80;

/**
 * Reads people and their managers. Yields exactly one result for each distinct id, in no order; ids are compared
 * without regard to case.
 * @throws GraphError when Graph as a whole can't be read.
 */
export async function* readPeople(
  client: GraphClient,
  ids: readonly string[],
  { select }: ReadPeopleOptions,
): AsyncGenerator<PersonRead, void, undefined> {
  const distinct = [...new Map(ids.map((id) => [id.toLowerCase(), id])).values()];
  const step = idsPerFilter * filtersAtOnce;
  for (let start = 0; start < distinct.length; start += step) {
    yield* readSome(client, distinct.slice(start, start + step), select);
  }
}

/** One person by a read of their own: only this one can say `missing` as a proof, by Graph's own 404. */
export async function readPerson(client: GraphClient, id: string, { select }: ReadPeopleOptions): Promise<PersonRead> {
  try {
    const { body } = await client.request({ url: `/users/${encodeURIComponent(id)}?${query(select)}` });
    return readPersonRow((body ?? {}) as Record<string, unknown>, select);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return error.code === 'not-found' ? { kind: 'missing', id } : { kind: 'failed', id, error };
  }
}

const query = (select: readonly string[]) =>
  `$select=${encodeURIComponent([...new Set(['id', ...select])].join(','))}&$expand=manager`;

async function* readSome(client: GraphClient, ids: readonly string[], select: readonly string[]) {
  const chunks: string[][] = [];
  for (let start = 0; start < ids.length; start += idsPerFilter) chunks.push(ids.slice(start, start + idsPerFilter));
  const unanswered = chunks.map((chunk) => new Map(chunk.map((id) => [id.toLowerCase(), id])));

  const urls = chunks.map((chunk) => `/users?$filter=${encodeURIComponent(idFilter(chunk))}&${query(select)}`);
  for await (const part of batchPages(client, urls)) {
    const waiting = unanswered[part.index] ?? new Map<string, string>();
    yield* 'error' in part ? allFailed(waiting, part.error) : answered(waiting, part.page.rows, select);
  }
  for (const waiting of unanswered)
    for (const id of waiting.values()) yield { kind: 'missing', id } satisfies PersonRead;
}

function* answered(waiting: Map<string, string>, rows: readonly Record<string, unknown>[], select: readonly string[]) {
  for (const row of rows) {
    const read = readPersonRow(row, select);
    // Nobody who was not asked for, and nobody twice.
    if (waiting.delete(read.id.toLowerCase())) yield read;
  }
}

function* allFailed(waiting: Map<string, string>, error: GraphError): Generator<PersonRead> {
  for (const id of waiting.values()) yield { kind: 'failed', id, error };
  waiting.clear();
}

const idFilter = (ids: readonly string[]) => `id in (${ids.map((id) => `'${id.replaceAll("'", "''")}'`).join(',')})`;
