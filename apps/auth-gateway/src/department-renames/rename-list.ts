import type { RenameOfferDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import type { ListOrder } from '../paging/cursor.ts';
import { Next, type PageQuery, readPage } from '../paging/read-page.ts';

const Department = Type.Object({ id: Type.String(), name: Type.String() });

export const RenameList = Type.Object({
  total: Type.Integer({ minimum: 0 }),
  next: Next,
  /** Longest waiting first. */
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
export type ReadRenames = (organisationId: string, page?: PageQuery) => Promise<RenameList>;

const longestWaitingFirst: ListOrder = {
  name: 'department renames',
  keys: [
    { path: 'offeredAt', direction: 1, type: 'date' },
    { path: '_id', direction: 1, type: 'string' },
  ],
};

/** Reads which departments seem to have been renamed, as profile-writer has recorded it. */
export function createReadRenames(offers: Model<RenameOfferDocument>): ReadRenames {
  return async (organisationId, page = { limit: 100 }) => {
    const open = { organisationId, state: 'open' as const };
    const { items, next } = await readPage(offers, open, longestWaitingFirst, page);
    return { total: await offers.countDocuments(open), next, renames: items.map(renameOf) };
  };
}

const renameOf = ({ from, to, moved, of, offeredAt }: RenameOfferDocument): RenameList['renames'][number] => ({
  from: { id: from.departmentId, name: from.name },
  to: { id: to.departmentId, name: to.name },
  ...{ moved, of, offeredAt: offeredAt.toISOString() },
});
