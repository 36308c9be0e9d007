import { type ImportAction, importKeys, importTarget, type LearnerDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';

/** What is going to become of a row, as far as one can tell before: profile-writer has the last word. */
export type Foreseen = { readonly kind: 'create' | 'update' } | { readonly kind: 'refuse'; readonly reason: string };

type Known = Pick<LearnerDocument, '_id' | 'sources' | 'matchKeys'>;

const AT_ONCE = 1_000;

/** What is foreseen of each action, in their order. */
export async function foresee(
  learners: Model<LearnerDocument>,
  organisationId: string,
  actions: readonly ImportAction[],
): Promise<Foreseen[]> {
  const foreseen: Foreseen[] = [];
  for (let start = 0; start < actions.length; start += AT_ONCE) {
    const some = actions.slice(start, start + AT_ONCE);
    const find = await learnersFor(learners, organisationId, some);
    foreseen.push(...some.map((action) => foreseenOf(action, find)));
  }
  return foreseen;
}

function foreseenOf(action: ImportAction, { byId, byKey }: Awaited<ReturnType<typeof learnersFor>>): Foreseen {
  const named = action.learnerId === undefined ? undefined : byId.get(action.learnerId);
  const alike = [...new Set(importKeys(action).flatMap((key) => byKey.get(key) ?? []))];
  const target = importTarget<Known>(action, { named, alike });
  if ('refused' in target) return { kind: 'refuse', reason: target.refused };
  return { kind: target.learner ? 'update' : 'create' };
}

async function learnersFor(learners: Model<LearnerDocument>, organisationId: string, actions: readonly ImportAction[]) {
  const isOne = { organisationId, tombstone: { $ne: true as const } };
  const ids = actions.flatMap(({ learnerId }) => learnerId ?? []);
  const found: Known[] = await learners
    .find(
      {
        $or: [
          { _id: { $in: ids }, ...isOne },
          { matchKeys: { $in: actions.flatMap(importKeys) }, ...isOne },
        ],
      },
      'sources matchKeys',
    )
    .lean();
  const byKey = new Map<string, Known[]>();
  for (const one of found) for (const key of one.matchKeys ?? []) byKey.set(key, [...(byKey.get(key) ?? []), one]);
  return { byId: new Map(found.map((one) => [one._id, one])), byKey };
}
