import { type RenameOfferDocument, renameOfferId } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import type { Model } from 'mongoose';
import { findRenames, type FindRenamesDeps, type FoundRename } from './find-renames.ts';

export interface ReviewRenamesDeps extends FindRenamesDeps {
  readonly renameOffers: Model<RenameOfferDocument>;
  readonly clock: () => Date;
}

// A department is renamed at once; a delta run brings the people whom somebody has come to by then.
const AT_ONCE_MS = 24 * 3600 * 1000;

/**
 * Offers what seems to have been renamed in the last day, and withdraws what isn't so any more. It is computed anew from
 * what is stored, so it may be asked at any time, however often.
 */
export async function reviewRenames(deps: ReviewRenamesDeps, organisationId: string): Promise<void> {
  const now = deps.clock();
  const since = new Date(now.getTime() - AT_ONCE_MS);
  const found = await findRenames(deps, organisationId, since);
  const open = await deps.renameOffers.find({ organisationId, state: 'open' }).lean();
  for (const offer of open) await reviewOffer(deps, offer);
  const isOpen = new Set(open.map(({ _id }) => _id));
  for (const rename of found) {
    const _id = renameOfferId(organisationId, rename.from.departmentId, rename.to.departmentId);
    if (!isOpen.has(_id)) await offer(deps, { _id, organisationId, ...rename, since, offeredAt: now });
  }
}

/** Whether an offer is as it says; where it isn't, it is withdrawn. */
export async function reviewOffer(deps: ReviewRenamesDeps, { _id, ...offer }: RenameOfferDocument): Promise<boolean> {
  const renames = await findRenames(deps, offer.organisationId, offer.since);
  const found = renames.find((rename) => isSamePair(rename, offer));
  const set = found ? { moved: found.moved, of: found.of } : { state: 'withdrawn' as const };
  await deps.renameOffers.updateOne({ _id, state: 'open' }, { $set: set });
  return found !== undefined;
}

const isSamePair = ({ from, to }: FoundRename, offer: Pick<RenameOfferDocument, 'from' | 'to'>) =>
  from.departmentId === offer.from.departmentId && to.departmentId === offer.to.departmentId;

/** Once for two departments; who was answered since the move began isn't asked again. */
async function offer(
  { renameOffers }: ReviewRenamesDeps,
  wanted: Omit<RenameOfferDocument, 'state' | 'answer'>,
): Promise<void> {
  const { _id, ...rest } = wanted;
  const open = { ...rest, state: 'open', answer: null } as const;
  await insertOnce(renameOffers, [{ _id, ...open }]);
  await renameOffers.updateOne(
    { _id, state: { $ne: 'open' }, $or: [{ answer: null }, { 'answer.at': { $lt: rest.since } }] },
    { $set: open },
  );
}
