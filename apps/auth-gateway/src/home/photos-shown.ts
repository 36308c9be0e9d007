import { directoryPhotoId, type LearnerDocument } from '@learnamp/learners';
import type { PhotoDeps } from './photo-of.ts';

// Named one by one, so that an index alone answers and no photo is read.
const SOME = { $in: ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const };

/** Whose photo is shown of those of the learners who have one, by learner id: their own, else the directory's. */
export async function photosShown(
  { photos, ownPhotos }: PhotoDeps,
  organisationId: string,
  learners: readonly Pick<LearnerDocument, '_id' | 'sources'>[],
): Promise<ReadonlyMap<string, 'own' | 'directory'>> {
  const byPhoto = new Map(
    learners.flatMap(({ _id, sources: { microsoft } }) =>
      microsoft ? [[directoryPhotoId(organisationId, microsoft.personId), _id] as const] : [],
    ),
  );
  const having = (ids: readonly string[]) => ({ organisationId, mediaType: SOME, _id: { $in: ids } });
  const [directory, own] = await Promise.all([
    photos.find(having([...byPhoto.keys()]), '_id').lean<{ readonly _id: string }[]>(),
    ownPhotos.find(having(learners.map(({ _id }) => _id)), '_id').lean<{ readonly _id: string }[]>(),
  ]);
  return new Map([
    ...directory.flatMap(({ _id }) => {
      const learnerId = byPhoto.get(_id);
      return learnerId === undefined ? [] : [[learnerId, 'directory'] as const];
    }),
    ...own.map(({ _id }) => [_id, 'own'] as const),
  ]);
}
