import type { BatchHandler } from '@learnamp/bus';
import { userStateKey } from '@learnamp/contracts';
import { guardedUpserts } from '@learnamp/mongo';
import type { FindOpenSettings } from '@learnamp/organisations';
import type { Logger } from '@learnamp/service';
import { applyRound, type ApplyRoundDeps } from '../apply-user-states/apply-round.ts';
import type { Collections } from '../collections.ts';
import { applyRunMarker } from '../runs/apply-run-marker.ts';
import { createBatchHandler } from './create-batch-handler.ts';
import { readUserRecord } from './read-user-record.ts';

export interface UserRecordsHandlerDeps {
  readonly collections: Collections;
  readonly findSettings: FindOpenSettings;
  readonly clock: () => Date;
  readonly logger: Logger;
}

/** How learners are read and written, apart from everything else: where a crash or a second writer shows. */
export type LearnerAccess = Pick<ApplyRoundDeps, 'loadLearners' | 'saveLearners'>;

export const learnerAccess = ({ learners }: Pick<Collections, 'learners'>): LearnerAccess => ({
  loadLearners: (ids) => learners.find({ _id: { $in: ids } }).lean(),
  saveLearners: (writes) => guardedUpserts(learners, 'sources.microsoft.version', writes),
});

/** Handles batches of `directory.users`: states become learners, markers become runs. */
export function createUserRecordsHandler(
  { collections, findSettings, clock, logger }: UserRecordsHandlerDeps,
  access: LearnerAccess = learnerAccess(collections),
): BatchHandler {
  const deps = { ...collections, ...access, findSettings, clock };
  return createBatchHandler({
    read: readUserRecord,
    keyOf: userStateKey,
    applyRound: (states) => applyRound(deps, states),
    applyMarker: (marker) => applyRunMarker(deps, marker),
    logger,
  });
}
