import { batch, batchSize } from '../batch/batch.ts';
import type { GraphClient } from '../client/graph-client.ts';
import type { GraphAnswer } from '../errors/error-of-response.ts';
import { GraphError } from '../errors/graph-error.ts';
import { type PhotoRead, readBytes, readMetadata } from './photo-read.ts';

/** Whose photo is wanted, and the etag of the one that is known. */
export interface KnownPhoto {
  readonly id: string;
  readonly etag?: string;
}

interface ChangedPhoto {
  readonly id: string;
  readonly etag: string;
  /** Where its bytes are asked for. */
  readonly address: string;
}

// People in hand at the same time: three batches of 20. Bounds the photos in memory to a few megabytes.
const peopleAtOnce = 60;
const smallPixels = 120;
const smallPhoto = '/photos/120x120/$value';
const anyPhoto = '/photo/$value';

/**
 * Reads photos: the etags of all, then the bytes of those whose etag is another one than the known. Yields one result
 * for each person, in no order.
 * @throws GraphError when Graph as a whole can't be read.
 */
export async function* readPhotos(
  client: GraphClient,
  people: readonly KnownPhoto[],
): AsyncGenerator<PhotoRead, void, undefined> {
  let changed: ChangedPhoto[] = [];
  for (let start = 0; start < people.length; start += peopleAtOnce) {
    const some = people.slice(start, start + peopleAtOnce);
    const answers = await batch(
      client,
      some.map(({ id }) => ({ url: photoUrl(id, '/photo') })),
    );
    for (const [index, person] of some.entries()) {
      const read = compare(person, answers[index]);
      if ('changed' in read) changed.push(read.changed);
      else yield read;
    }
    // Whole batches alone: where few photos changed, those of many people share one.
    const whole = changed.length - (changed.length % batchSize);
    yield* readChanged(client, changed.slice(0, whole));
    changed = changed.slice(whole);
  }
  yield* readChanged(client, changed);
}

function compare(
  { id, etag: known }: KnownPhoto,
  answer: GraphAnswer | undefined,
): PhotoRead | { changed: ChangedPhoto } {
  const metadata = readMetadata(answered(answer));
  if (metadata.kind === 'none') return { kind: 'none', id };
  if (metadata.kind === 'failed') return { kind: 'failed', id, error: metadata.error };
  const { etag, pixels = smallPixels } = metadata;
  // A photo smaller than 120 pixels has no 120x120 (Graph, get profilePhoto: "sizes above the upload").
  const address = pixels < smallPixels ? anyPhoto : smallPhoto;
  return etag === known ? { kind: 'unchanged', id, etag } : { changed: { id, etag, address } };
}

// A small photo that isn't there all the same is asked for as it was uploaded.
async function* readChanged(client: GraphClient, changed: readonly ChangedPhoto[]): AsyncGenerator<PhotoRead> {
  const missing: ChangedPhoto[] = [];
  const answers = await batch(
    client,
    changed.map(({ id, address }) => ({ url: photoUrl(id, address) })),
  );
  for (const [index, photo] of changed.entries()) {
    const answer = answered(answers[index]);
    if (answer.status === 404 && photo.address === smallPhoto) missing.push(photo);
    else yield readBytes(photo.id, photo.etag, answer);
  }
  const fallbacks = await batch(
    client,
    missing.map(({ id }) => ({ url: photoUrl(id, anyPhoto) })),
  );
  for (const [index, { id, etag }] of missing.entries()) yield readBytes(id, etag, answered(fallbacks[index]));
}

const photoUrl = (id: string, rest: string) => `/users/${encodeURIComponent(id)}${rest}`;

function answered(answer: GraphAnswer | undefined): GraphAnswer {
  if (!answer) throw new GraphError('unexpected-response', 'Graph left a photo unanswered');
  return answer;
}
