import type { RenameOfferDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';

const Department = Type.Object({ id: Type.String(), name: Type.String() });

export const RenameList = Type.Object({
  total: Type.Integer({ minimum: 0 }),
  /** The first of them, longest waiting first. */
  renames: Type.Array(
    Type.Object({
      from: Department,
      to: Department,
      /** How many of those who were in the one department are in the other. */
      moved: Type.Integer(),
      of: Type.Integer(),
      offeredAt: Type.String(),
    }),
  ),
});

export type RenameList = Static<typeof RenameList>;
export type ReadRenames = (organisationId: string) => Promise<RenameList>;

const SHOWN = 100;

/** Reads which departments seem to have been renamed, as profile-writer has recorded it. */
export function createReadRenames(offers: Model<RenameOfferDocument>): ReadRenames {
  return async (organisationId) => {
    const open = { organisationId, state: 'open' as const };
    const found = await offers.find(open).sort({ offeredAt: 1, _id: 1 }).limit(SHOWN).lean();
    return { total: await offers.countDocuments(open), renames: found.map(renameOf) };
  };
}

const renameOf = ({ from, to, moved, of, offeredAt }: RenameOfferDocument): RenameList['renames'][number] => ({
  from: { id: from.departmentId, name: from.name },
  to: { id: to.departmentId, name: to.name },
  ...{ moved, of, offeredAt: offeredAt.toISOString() },
});
