import type { LearnerDocument, ManualSource } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import type { Model } from 'mongoose';
import { sameLink } from '../matching/link-learner.ts';

interface LearnerChange {
  readonly stored: LearnerDocument | undefined;
  readonly after: LearnerDocument;
  readonly manual: ManualSource;
  readonly leaves: boolean;
}

/** Writes learners; answers with the ids of those who weren't what they were when they were read. */
export async function saveLearners(
  { learners }: { readonly learners: Model<LearnerDocument> },
  changes: readonly LearnerChange[],
): Promise<ReadonlySet<string>> {
  await insertOnce(
    learners,
    changes.filter(({ stored }) => !stored).map(({ after }) => after),
  );
  const updates = changes.flatMap(({ stored, after, leaves }) => (stored ? [updateOf(stored, after, leaves)] : []));
  if (updates.length === 0) return new Set();
  const { matchedCount } = await learners.bulkWrite(updates, { ordered: false });
  return matchedCount === updates.length ? new Set() : overtakenAmong(learners, changes);
}

async function overtakenAmong(learners: Model<LearnerDocument>, changes: readonly LearnerChange[]) {
  const ids = changes.map(({ after }) => after._id);
  const found = await learners.find({ _id: { $in: ids } }, 'sources.manual.commandId').lean();
  const by = new Map(found.map(({ _id, sources }) => [_id, sources.manual?.commandId]));
  return new Set(
    changes.filter(({ after, manual }) => by.get(after._id) !== manual.commandId).map(({ after }) => after._id),
  );
}

function updateOf(stored: LearnerDocument, after: LearnerDocument, leaves: boolean) {
  const { sources, active, fields, customFields, primaryTeamId, matchKeys, updatedAt } = after;
  const asRead = { ...sameLink(stored), 'sources.manual.version': stored.sources.manual?.version ?? null };
  const update = {
    $set: {
      ...{ 'sources.manual': sources.manual, active, fields, primaryTeamId, matchKeys, updatedAt },
      ...(customFields ? { customFields } : {}),
    },
    ...(active ? { $unset: { keptAsLastOwner: true as const } } : {}),
    ...(leaves ? { $inc: { sessionVersion: 1 } } : {}),
  };
  return { updateOne: { filter: { _id: stored._id, ...asRead }, update } };
}
