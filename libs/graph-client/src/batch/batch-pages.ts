import type { GraphClient } from '../client/graph-client.ts';
import { errorOfResponse, type GraphAnswer, isOk } from '../errors/error-of-response.ts';
import { GraphError } from '../errors/graph-error.ts';
import { followOnce, type Page, readPage } from '../paging/pages.ts';
import { batch, batchSize } from './batch.ts';

/** A page of the collection with that index, or why that collection can't be read any further. */
export type PageOf =
  { readonly index: number; readonly page: Page } | { readonly index: number; readonly error: GraphError };

// As many as are in flight anyway: pages are in memory only until whoever reads has taken them, however many there are.
const collectionsAtOnce = 4 * batchSize;

/**
 * Reads many collections: the first pages of all in batches, then the next pages of those that have one. A collection
 * that fails yields its error and ends; the others go on.
 * @throws GraphError when a batch itself fails.
 */
export async function* batchPages(
  client: GraphClient,
  urls: readonly string[],
): AsyncGenerator<PageOf, void, undefined> {
  const pending = urls.map((url, index) => ({ index, url, followed: new Set<string>() }));
  while (pending.length > 0) {
    const some = pending.splice(0, collectionsAtOnce);
    const answers = await batch(
      client,
      some.map(({ url }) => ({ url })),
    );
    for (const [position, collection] of some.entries()) {
      const outcome = pageOf(client, answers[position], collection.followed);
      yield { index: collection.index, ...outcome };
      if ('page' in outcome && outcome.page.nextLink !== undefined) {
        pending.push({ ...collection, url: outcome.page.nextLink });
      }
    }
  }
}

function pageOf(client: GraphClient, answer: GraphAnswer | undefined, followed: Set<string>) {
  try {
    if (!answer) throw new GraphError('unexpected-response', 'a member of a batch has no answer');
    if (!isOk(answer)) throw errorOfResponse(answer);
    const page = readPage(answer.body);
    if (page.nextLink !== undefined) {
      followOnce(followed, page.nextLink);
      // Refused here, as this collection's error, instead of with the batch that would carry it.
      client.origin.relative(page.nextLink);
    }
    return { page };
  } catch (error) {
    if (error instanceof GraphError) return { error };
    throw error;
  }
}
