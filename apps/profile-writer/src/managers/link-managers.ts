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
  const waiting = byManager(await learnersWaiting(learners, plans));
  const existing = await existingLearners(learners, waiting.keys());
  const links = [...waiting].flatMap(([managerId, reports]) =>
    existing.has(managerId) ? [linkOf(managerId, reports)] : [],
  );
  if (links.length > 0) await learners.bulkWrite(links, { ordered: false });
}

interface WaitingLearner {
  readonly id: string;
  /** The person that the learner waits for, and the learner that this person is going to be. */
  readonly personId: string;
  readonly managerId: string;
}

async function learnersWaiting(learners: Model<LearnerDocument>, plans: readonly Plan[]): Promise<WaitingLearner[]> {
  const managed = plans.filter(({ state }) => state.active && typeof state.managerId === 'string');
  // Two queries, each with an index of its own: as alternatives of one they would read the whole organisation.
  const found = await Promise.all([
    waitingAmong(learners, {
      organisationId: { $in: [...new Set(plans.map(({ state }) => state.organisationId))] },
      'manager.personId': { $in: plans.map(({ state }) => state.personId) },
    }),
    waitingAmong(learners, { _id: { $in: managed.map(({ learnerId }) => learnerId) } }),
  ]);
  return [...new Map(found.flat().map((learner) => [learner.id, learner])).values()];
}

async function waitingAmong(learners: Model<LearnerDocument>, filter: object): Promise<WaitingLearner[]> {
  const found = await learners.find({ ...filter, 'manager.learnerId': null }, 'organisationId manager').lean();
  return found.flatMap(({ _id: id, organisationId, manager }) => {
    if (!manager) return [];
    const { personId } = manager;
    return [{ id, personId, managerId: learnerIdOf(organisationId, 'microsoft', personId) }];
  });
}

function byManager(waiting: readonly WaitingLearner[]): Map<string, WaitingLearner[]> {
  const groups = new Map<string, WaitingLearner[]>();
  for (const learner of waiting) {
    const group = groups.get(learner.managerId);
    if (group) group.push(learner);
    else groups.set(learner.managerId, [learner]);
  }
  return groups;
}

// The manager is named in the filter, because a learner may have got another one since it was read.
const linkOf = (managerId: string, reports: readonly WaitingLearner[]) => ({
  updateMany: {
    filter: {
      _id: { $in: reports.map(({ id }) => id) },
      'manager.personId': { $in: reports.map(({ personId }) => personId) },
      'manager.learnerId': null,
    },
    update: { $set: { 'manager.learnerId': managerId } },
  },
});
