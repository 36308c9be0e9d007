import { type LearnerDocument, learnerIdOf } from '@learnamp/learners';
import type { Model } from 'mongoose';
import type { Plan } from '../apply-user-states/plan-state.ts';
import { existingLearners } from './existing-learners.ts';

/**
 * Links whoever waits for a manager and is concerned by these plans: because the manager has just come, or because the
 * learner was written while the manager was. Runs after the learners are written, on a repeated state too, so that
 * neither a crash nor a second writer leaves somebody waiting for a manager who is there.
 */
export async function linkManagers(learners: Model<LearnerDocument>, plans: readonly Plan[]): Promise<void> {
  const waiting = await learnersWaiting(learners, plans);
  const managerOf = ({ organisationId, manager }: WaitingLearner) =>
    learnerIdOf(organisationId, 'microsoft', manager.personId);
  const existing = await existingLearners(learners, waiting.map(managerOf));
  const links = waiting
    .filter((learner) => existing.has(managerOf(learner)))
    .map((learner) => linkOf(learner, managerOf(learner)));
  if (links.length > 0) await learners.bulkWrite(links, { ordered: false });
}

type WaitingLearner = Pick<LearnerDocument, 'organisationId'> & {
  readonly _id: string;
  readonly manager: NonNullable<LearnerDocument['manager']>;
};

async function learnersWaiting(learners: Model<LearnerDocument>, plans: readonly Plan[]): Promise<WaitingLearner[]> {
  const found = await learners
    .find(
      {
        organisationId: { $in: [...new Set(plans.map(({ state }) => state.organisationId))] },
        'manager.learnerId': null,
        $or: [
          { 'manager.personId': { $in: plans.map(({ state }) => state.personId) } },
          { _id: { $in: plans.map(({ learnerId }) => learnerId) }, 'manager.personId': { $type: 'string' } },
        ],
      },
      { organisationId: 1, manager: 1 },
    )
    .lean();
  return found.flatMap(({ _id, organisationId, manager }) => (manager ? [{ _id, organisationId, manager }] : []));
}

// The manager is named in the filter, because the learner may have got another one since it was read.
const linkOf = ({ _id, manager: { personId } }: WaitingLearner, learnerId: string) => ({
  updateOne: {
    filter: { _id, 'manager.personId': personId, 'manager.learnerId': null },
    update: { $set: { 'manager.learnerId': learnerId } },
  },
});
