import {
  directoryPhotoId,
  type LearnerDocument,
  type MembershipDocument,
  type PhotoDocument,
  type Totals,
} from '@learnamp/learners';
import type { Model } from 'mongoose';
import { findManagerCycles } from '../managers/find-manager-cycles.ts';

export interface CountTotalsDeps {
  readonly learners: Model<LearnerDocument>;
  readonly memberships: Model<MembershipDocument>;
  readonly photos: Model<PhotoDocument>;
}

/** The organisation as it is now, and the manager chains of its active learners that lead back to themselves. */
export async function countTotals(
  deps: CountTotalsDeps,
  organisationId: string,
): Promise<{ totals: Totals; managerCycles: string[][] }> {
  const active = await deps.learners
    .find({ organisationId, active: true }, 'manager sources.microsoft.personId')
    .lean();
  const ids = new Set(active.map(({ _id }) => _id));
  const managers = active.flatMap(({ sources, manager }): [string, string][] =>
    sources.microsoft && manager ? [[sources.microsoft.personId, manager.personId]] : [],
  );
  return {
    totals: {
      activeLearners: ids.size,
      managersLinked: active.filter(({ manager }) => manager?.learnerId).length,
      photos: await countPhotosOf(deps.photos, organisationId, active),
      teams: await countTeamsOf(deps.memberships, organisationId, ids),
    },
    managerCycles: findManagerCycles(new Map(managers)),
  };
}

/** The photos that are one; the others say that the directory has none. Answered from an index alone. */
export const withBytes = { mediaType: { $in: ['image/png', 'image/jpeg', 'image/gif'] } } as const;

/** Active learners of whom the directory has a photo. */
export async function countPhotos(
  deps: Pick<CountTotalsDeps, 'learners' | 'photos'>,
  organisationId: string,
): Promise<number> {
  const active = await deps.learners.find({ organisationId, active: true }, 'sources.microsoft.personId').lean();
  return countPhotosOf(deps.photos, organisationId, active);
}

async function countPhotosOf(
  photos: Model<PhotoDocument>,
  organisationId: string,
  learners: readonly Pick<LearnerDocument, 'sources'>[],
) {
  const theirs = new Set(
    learners.flatMap(({ sources: { microsoft } }) =>
      microsoft ? [directoryPhotoId(organisationId, microsoft.personId)] : [],
    ),
  );
  const found = await photos.find({ organisationId, ...withBytes }, '_id').lean();
  return found.filter(({ _id }) => theirs.has(_id)).length;
}

async function countTeamsOf(
  memberships: Model<MembershipDocument>,
  organisationId: string,
  learnerIds: ReadonlySet<string>,
) {
  const found = await memberships
    .find({ organisationId, origin: 'department' }, { _id: 0, teamId: 1, learnerId: 1 })
    .lean();
  return new Set(found.filter(({ learnerId }) => learnerIds.has(learnerId)).map(({ teamId }) => teamId)).size;
}
