import type { UserState } from '@learnamp/contracts';
import { type ConflictDocument, conflictId } from '@learnamp/learners';
import { guardedUpserts, type GuardedWrite } from '@learnamp/mongo';
import type { Model } from 'mongoose';
import type { WaitingState } from '../matching/place-states.ts';

export interface ConflictsDeps {
  readonly conflicts: Model<ConflictDocument>;
}

const idOf = ({ organisationId, personId }: UserState) => conflictId(organisationId, personId);

/**
 * Writes what is asked about these people into the inbox, with their states. Whoever asks the same again leaves what was
 * answered; another question asks anew.
 */
export async function recordConflicts(
  { conflicts }: ConflictsDeps,
  waiting: readonly WaitingState[],
  now: Date,
): Promise<void> {
  await guardedUpserts(
    conflicts,
    'said.version',
    waiting.map((one) => rowWrite(one, now)),
  );
}

function rowWrite({ state, question, row }: WaitingState, now: Date): GuardedWrite {
  const { conflict: kind, candidates } = question;
  const { organisationId, personId } = state;
  const always = { organisationId, personId, kind, candidates, said: state };
  const anew = { state: 'waiting', since: now, answer: null };
  const isSame = row !== undefined && row.state !== 'settled' && row.kind === kind && sameLearners(row, candidates);
  return {
    id: idOf(state),
    version: state.version,
    update: { $set: { ...always, ...(isSame ? {} : anew) } },
    ...(row ? {} : { insert: { ...always, ...anew } }),
  };
}

const sameLearners = (row: ConflictDocument, candidates: ConflictDocument['candidates']) =>
  row.candidates.map(({ learnerId }) => learnerId).join() === candidates.map(({ learnerId }) => learnerId).join();

/** Closes the rows of people who left while they waited; what they said last is kept, against older states. */
export async function forgetConflicts({ conflicts }: ConflictsDeps, states: readonly UserState[]): Promise<void> {
  if (states.length === 0) return;
  const forget = (said: UserState) => ({
    updateOne: {
      filter: { _id: idOf(said), 'said.version': { $lte: said.version } },
      update: { $set: { said, state: 'settled' as const } },
    },
  });
  await conflicts.bulkWrite(states.map(forget), { ordered: false });
}

interface AboutLearners {
  readonly organisationId: string;
  readonly learnerId: string;
  readonly personId?: string;
}

/**
 * Closes the rows of people who are a learner now, and answers with the states of those who wait because of one of these
 * learners, or were left out because of them: the question may have another answer now.
 */
export async function reviewConflicts(
  { conflicts }: ConflictsDeps,
  learners: readonly AboutLearners[],
): Promise<UserState[]> {
  if (learners.length === 0) return [];
  const open = {
    organisationId: { $in: [...new Set(learners.map(({ organisationId }) => organisationId))] },
    state: { $ne: 'settled' as const },
  };
  const placed = new Set(
    learners.flatMap(({ organisationId, personId }) => (personId ? [conflictId(organisationId, personId)] : [])),
  );
  const rows = await conflicts
    .find({
      $or: [
        { _id: { $in: [...placed] }, ...open },
        { 'candidates.learnerId': { $in: learners.map(({ learnerId }) => learnerId) }, ...open },
      ],
    })
    // Whoever spoke first is asked about first.
    .sort({ 'said.version': 1 })
    .lean();
  const settled = rows.filter(({ _id }) => placed.has(_id)).map(({ _id }) => _id);
  if (settled.length > 0) await conflicts.updateMany({ _id: { $in: settled } }, { $set: { state: 'settled' } });
  return rows.flatMap(({ _id, said }) => (placed.has(_id) ? [] : [said]));
}
