import type { LearnerDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import type { Plan } from '../apply-user-states/plan-state.ts';
import { learnersOf } from './learners-of.ts';

/**
 * Links whoever waits for a manager and is concerned by these plans: because the manager has just come, or because the
 * learner was written while the manager was. Runs after the learners are written, on a repeated state too, so that
 * neither a crash nor a second writer leaves somebody waiting for a manager who is there.
 */
export async function linkManagers(learners: Model<LearnerDocument>, plans: readonly Plan[]): Promise<void> {
  const waiting = await learnersWaiting(learners, plans);
  const learnerOf = await learnersOf(learners, waiting);
  const byManager = new Map<string, WaitingLearner[]>();
  for (const report of waiting) {
    const managerId = learnerOf(report.organisationId, report.personId);
    if (managerId !== null) byManager.set(managerId, [...(byManager.get(managerId) ?? []), report]);
  }
  const links = [...byManager].map(([managerId, reports]) => linkOf(managerId, reports));
  if (links.length > 0) await learners.bulkWrite(links, { ordered: false });
}

interface WaitingLearner {
  readonly id: string;
  readonly organisationId: string;
  /** The person that the learner waits for. */
  readonly personId: string;
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
  return found.flatMap(({ _id: id, organisationId, manager }) =>
    manager ? [{ id, organisationId, personId: manager.personId }] : [],
  );
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
