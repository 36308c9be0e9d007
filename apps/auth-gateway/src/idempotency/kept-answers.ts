import type { Model } from 'mongoose';
import mongoose from 'mongoose';
import { Problem } from '../problems/problem.ts';
import type { KeptAnswerDocument } from './kept-answer-model.ts';

export type KeptAnswer = NonNullable<KeptAnswerDocument['answer']>;

/** A command under a key. */
export interface Keyed {
  readonly id: string;
  readonly organisationId: string;
  readonly fingerprint: string;
}

export interface KeptAnswers {
  /**
   * The answer that was given before; undefined where the caller is to go on, and nobody else under this key meanwhile.
   * @throws Problem 422 for another request under the same key, 409 while the first one is under way.
   */
  begin(command: Keyed): Promise<KeptAnswer | undefined>;
  keep(id: string, answer: KeptAnswer): Promise<void>;
  /** Nothing came of it, so that the same key may be tried again. */
  forget(id: string): Promise<void>;
}

const KEPT_MS = 24 * 3_600_000;
// Longer than any command takes; after that whoever held it has crashed, and what came of it is not known.
const LOCKED_MS = 60_000;

export function createKeptAnswers(model: Model<KeptAnswerDocument>, clock: () => Date): KeptAnswers {
  return {
    begin: async ({ id, organisationId, fingerprint }) => {
      const now = clock();
      const lockedUntil = new Date(now.getTime() + LOCKED_MS);
      const fresh = {
        organisationId,
        fingerprint,
        answer: null,
        lockedUntil,
        expiresAt: new Date(now.getTime() + KEPT_MS),
      };
      const isOver = { $or: [{ expiresAt: { $lte: now } }, { fingerprint, answer: null, lockedUntil: { $lte: now } }] };
      // Only one of several at the same moment finds none, or one that is over: the others meet its id.
      const before = await model.findOneAndReplace({ _id: id, ...isOver }, fresh, { upsert: true }).catch(ifTaken);
      return before === TAKEN ? whatIsThere(await model.findById(id).lean(), fingerprint) : undefined;
    },
    keep: async (id, answer) => {
      await model.updateOne({ _id: id }, { $set: { answer } });
    },
    forget: async (id) => {
      await model.deleteOne({ _id: id, answer: null });
    },
  };
}

const TAKEN = Symbol('taken');
const DUPLICATE_KEY = 11_000;

function ifTaken(error: unknown): typeof TAKEN {
  if (error instanceof mongoose.mongo.MongoServerError && error.code === DUPLICATE_KEY) return TAKEN;
  throw error;
}

function whatIsThere(found: KeptAnswerDocument | null, fingerprint: string): KeptAnswer {
  if (found && found.fingerprint !== fingerprint) {
    throw new Problem(
      422,
      'key-of-another-request',
      'This Idempotency-Key came with another request before. Use a new one.',
    );
  }
  // Gone in this moment: the first one has come to nothing.
  if (!found?.answer)
    throw new Problem(409, 'under-way', 'The first request with this Idempotency-Key is still under way.');
  return found.answer;
}
