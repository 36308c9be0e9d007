import type { GraphClient } from '../client/graph-client.ts';
import { GraphError } from '../errors/graph-error.ts';

/** One page of a collection, as Graph gave it. Links are opaque. */
export interface Page {
  readonly rows: readonly Record<string, unknown>[];
  /** The rest of this collection. */
  readonly nextLink?: string;
  /** The end of a delta round: where the next round begins. */
  readonly deltaLink?: string;
}

/** @throws GraphError `unexpected-response` for anything but a page: a short list must never look like a whole one. */
export function readPage(body: unknown): Page {
  const page = isRow(body) ? body : {};
  const { value, '@odata.nextLink': nextLink, '@odata.deltaLink': deltaLink } = page;
  if (!Array.isArray(value) || !value.every(isRow) || !isLink(nextLink) || !isLink(deltaLink)) {
    throw new GraphError('unexpected-response', 'Graph answered something that is not a page of a collection');
  }
  return {
    rows: value,
    ...(nextLink === undefined ? {} : { nextLink }),
    ...(deltaLink === undefined ? {} : { deltaLink }),
  };
}

/**
 * Reads a collection page by page, following its links unchanged. An empty page may have more behind it.
 * @throws GraphError when any page can't be read.
 */
export async function* pages(client: GraphClient, pathOrLink: string): AsyncGenerator<Page, void, undefined> {
  const followed = new Set<string>();
  for (let url: string | undefined = pathOrLink; url !== undefined;) {
    followOnce(followed, url);
    const { body } = await client.request({ url });
    const page = readPage(body);
    yield page;
    url = page.nextLink;
  }
}

/** The whole collection in memory. */
export async function collect(client: GraphClient, pathOrLink: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for await (const page of pages(client, pathOrLink)) rows.push(...page.rows);
  return rows;
}

/** @throws GraphError `unexpected-response` when the link was followed before: it would never end. */
export function followOnce(followed: Set<string>, link: string): void {
  if (followed.has(link)) throw new GraphError('unexpected-response', 'a page of Graph names itself as the next one');
  followed.add(link);
}

const isRow = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isLink = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string';
