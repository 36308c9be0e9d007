import type { LearnerDocument } from '@learnamp/learners';
import type { WaitingRequest, WorkRecord } from '@learnamp/sync-state';
import type { Model } from 'mongoose';
import { namesOf } from '../home/names-of.ts';
import type { RunView } from './run-view.ts';
import { askerName, isLearnerId } from './run-words.ts';

/** A run that was asked for and has not begun. */
export interface WaitingRun {
  readonly requestId: string;
  readonly mode: RunView['mode'];
  /** By name. */
  readonly requestedBy: string;
}

export type ReadWaitingRuns = (organisationId: string) => Promise<WaitingRun[]>;

type RequestedRun = WaitingRequest & Pick<WaitingRun, 'mode'>;

const modes = ['full', 'delta', 'person', 'preview'] as const;
const isOfRun = (request: WaitingRequest): request is RequestedRun => modes.some((mode) => mode === request.mode);

/** Reads from directory-sync's work record what waits for its turn, in the order in which it was asked for. */
export function createReadWaitingRuns(
  workRecords: Model<WorkRecord>,
  learners: Model<LearnerDocument>,
): ReadWaitingRuns {
  return async (organisationId) => {
    const record = await workRecords.findById(organisationId, 'requests running').lean();
    const running = record?.running ?? [];
    const waiting = (record?.requests ?? []).filter(isOfRun).filter(({ requestId, mode }) => {
      // What is answered already, or is about to join what runs, doesn't wait.
      return !running.some((run) => run.mode === mode || run.requestIds.includes(requestId));
    });
    const ids = waiting.map(({ requestedBy }) => requestedBy).filter(isLearnerId);
    const names = await namesOf(learners, organisationId, ids);
    return waiting.map(({ requestId, mode, requestedBy }) => ({
      ...{ requestId, mode },
      requestedBy: askerName(requestedBy, { learner: (id) => names.get(id) }),
    }));
  };
}
