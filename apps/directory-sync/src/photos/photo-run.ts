import {
  encodeEvent,
  photosMarker,
  photosMarkerKey,
  photoState,
  type PhotoState,
  photoStateKey,
} from '@learnamp/contracts';
import { type PhotoRead, readPhotos } from '@learnamp/graph-client';
import type { PhotoDocument } from '@learnamp/learners';
import { withVersions } from '../emission/with-versions.ts';
import type { RunContext } from '../runs/run-context.ts';

const PEOPLE_A_STEP = 300;

// Small photos are some kilobytes each, the largest under a megabyte: bounds what is in memory at once.
const PHOTOS_AT_ONCE = 20;

/**
 * Brings the photos of active people up to date: compares Graph's etags with those of the photos that profile-writer
 * has applied, reads what differs and emits it. What fails for one person is tried again by the next run.
 * Returns how many photos were emitted.
 */
export async function syncPhotos(
  context: RunContext,
  runId: string,
  personIds: readonly string[],
  serve: () => Promise<void>,
): Promise<number> {
  let emitted = 0;
  for (let start = 0; start < personIds.length; start += PEOPLE_A_STEP) {
    const step = personIds.slice(start, start + PEOPLE_A_STEP);
    const known = await appliedPhotos(context, step);
    const people = step.map((id) => {
      const etag = known.get(id)?.etag;
      return etag ? { id, etag } : { id };
    });
    const wanted: WantedPhoto[] = [];
    for await (const read of readPhotos(context.graph, people)) {
      const photo = wantedPhoto(read, known.get(read.id));
      if (photo !== undefined) wanted.push({ personId: read.id, photo });
      if (wanted.length >= PHOTOS_AT_ONCE) emitted += await emitPhotos(context, runId, wanted.splice(0));
    }
    emitted += await emitPhotos(context, runId, wanted);
    await serve();
  }
  return emitted;
}

/** Those who are active by the last emitted state: of the people named, or of everybody. */
export async function activePersonIds(
  { stores, organisation }: RunContext,
  among?: readonly string[],
): Promise<string[]> {
  const named = among ? { personId: { $in: among } } : {};
  const active = stores.people
    .find({ organisationId: organisation.id, 'emitted.state.active': true, ...named }, { _id: 0, personId: 1 })
    .lean()
    .cursor();
  const personIds: string[] = [];
  for await (const { personId } of active) personIds.push(personId);
  return personIds;
}

type Known = Pick<PhotoDocument, 'personId' | 'etag'>;

async function appliedPhotos({ applied, organisation }: RunContext, personIds: readonly string[]) {
  const photos = await applied.photos
    .find({ organisationId: organisation.id, personId: { $in: personIds } })
    .select('personId etag')
    .lean<Known[]>();
  return new Map(photos.map((photo) => [photo.personId, photo]));
}

/** The photo to emit, null for "there is none any more", undefined where nothing is to be said. */
function wantedPhoto(read: PhotoRead, known: Known | undefined): PhotoState['photo'] | undefined {
  if (read.kind === 'photo') {
    return { etag: read.etag, mediaType: read.mediaType, base64: read.bytes.toString('base64') };
  }
  return read.kind === 'none' && known?.etag ? null : undefined;
}

interface WantedPhoto {
  readonly personId: string;
  readonly photo: PhotoState['photo'];
}

/** Emits photos and returns how many. */
async function emitPhotos(context: RunContext, runId: string, wanted: readonly WantedPhoto[]): Promise<number> {
  if (wanted.length === 0) return 0;
  const { organisation, publish, clock } = context;
  const versions = await withVersions(context, wanted.length, (next) => Promise.resolve(next));
  const about = { organisationId: organisation.id, source: 'directory-sync', time: clock() };
  const states = wanted.map((one, index): PhotoState => ({
    organisationId: organisation.id,
    version: versions[index] ?? '',
    runId,
    ...one,
  }));
  await publish(states.map((state) => encodeEvent(photoState, state, { ...about, key: photoStateKey(state) })));
  return wanted.length;
}

/** Says that everything the run wanted of photos is in the topic. */
export async function markPhotosDone(
  context: RunContext,
  runId: string,
  { emitted, graphRequests }: { readonly emitted: number; readonly graphRequests: number },
): Promise<void> {
  const { organisation, publish, clock } = context;
  const version = await withVersions(context, 1, ([next = '']) => Promise.resolve(next));
  const marker = { organisationId: organisation.id, runId, version, emitted, graphRequests };
  const about = { organisationId: organisation.id, source: 'directory-sync', time: clock() };
  await publish([encodeEvent(photosMarker, marker, { ...about, key: photosMarkerKey(marker) })]);
}
