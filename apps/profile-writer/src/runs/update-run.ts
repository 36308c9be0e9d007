import type { RunDocument } from '@learnamp/learners';
import mongoose, { type Model } from 'mongoose';

const DUPLICATE_KEY = 11_000;

/** What is known of a run: nothing, or either of its two parts, or both. */
export type StoredRun = Partial<RunDocument> | null;

/**
 * Changes a run as `decide` says of what is stored; undefined leaves it as it is, and the answer is false. The write
 * happens only while both parts' versions are those that `decide` saw: when the other topic's marker comes in between,
 * `decide` is asked again. So totals that one part counts and the other changes are right whichever comes last.
 */
export async function updateRun(
  runs: Model<RunDocument>,
  runId: string,
  decide: (stored: StoredRun) => Promise<Partial<RunDocument> | undefined>,
): Promise<boolean> {
  for (;;) {
    const stored: StoredRun = await runs.findById(runId).lean();
    const set = await decide(stored);
    if (!set) return false;
    const seen = { version: stored?.version ?? null, photosVersion: stored?.photosVersion ?? null };
    if (await changedWhile({ _id: runId, ...seen }, set, runs)) return true;
  }
}

async function changedWhile(filter: object, set: Partial<RunDocument>, runs: Model<RunDocument>): Promise<boolean> {
  try {
    await runs.updateOne(filter, { $set: set }, { upsert: true });
    return true;
  } catch (error) {
    // The run is there with other versions, so the upsert's insert meets its id.
    if (error instanceof mongoose.mongo.MongoServerError && error.code === DUPLICATE_KEY) return false;
    throw error;
  }
}
