import type { ConflictDocument, LearnerDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import { nameOf } from '../home/profile.ts';
import type { ListOrder } from '../paging/cursor.ts';
import { Next, type PageQuery, readPage } from '../paging/read-page.ts';

export const ConflictList = Type.Object({
  total: Type.Integer({ minimum: 0 }),
  next: Next,
  /** Longest waiting first. */
  conflicts: Type.Array(
    Type.Object({
      personId: Type.String(),
      name: Type.String(),
      userPrincipalName: Type.String(),
      kind: Type.Union([
        Type.Literal('ambiguous-match'),
        Type.Literal('duplicate-email'),
        Type.Literal('live-link-elsewhere'),
        Type.Literal('rehire'),
      ]),
      /** Left out by an administrator's answer, as long as the question is the same. */
      ignored: Type.Boolean(),
      since: Type.String(),
      candidates: Type.Array(
        Type.Object({
          learnerId: Type.String(),
          name: Type.String(),
          active: Type.Boolean(),
          /** What the learner and the person have in common. */
          by: Type.Array(Type.String()),
        }),
      ),
    }),
  ),
});

export type ConflictList = Static<typeof ConflictList>;
export type ReadConflicts = (organisationId: string, page?: PageQuery) => Promise<ConflictList>;

const longestWaitingFirst: ListOrder = {
  name: 'conflicts',
  keys: [
    { path: 'since', direction: 1, type: 'date' },
    { path: '_id', direction: 1, type: 'string' },
  ],
};

/** Reads whom an administrator has to identify, as profile-writer has recorded it. */
export function createReadConflicts(
  conflicts: Model<ConflictDocument>,
  learners: Model<LearnerDocument>,
): ReadConflicts {
  return async (organisationId, page = { limit: 100 }) => {
    const open = { organisationId, state: { $ne: 'settled' as const } };
    const { items: rows, next } = await readPage(conflicts, open, longestWaitingFirst, page);
    const ids = rows.flatMap(({ candidates }) => candidates.map(({ learnerId }) => learnerId));
    const found = await learners.find({ organisationId, _id: { $in: ids } }).lean();
    const byId = new Map(found.map((learner) => [learner._id, learner]));
    return { total: await conflicts.countDocuments(open), next, conflicts: rows.map((row) => conflictOf(row, byId)) };
  };
}

function conflictOf(
  { personId, kind, state, since, said, candidates }: ConflictDocument,
  learners: ReadonlyMap<string, LearnerDocument>,
): ConflictList['conflicts'][number] {
  const { userPrincipalName, fields } = said;
  return {
    ...{ personId, name: fields.displayName ?? userPrincipalName, userPrincipalName, kind },
    ...{ ignored: state === 'ignored', since: since.toISOString() },
    candidates: candidates.flatMap(({ learnerId, by }) => {
      const learner = learners.get(learnerId);
      return learner ? [{ learnerId, name: nameOf(learner), active: learner.active, by: [...by] }] : [];
    }),
  };
}
