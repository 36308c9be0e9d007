import type { BatchHandler } from '@learnamp/bus';
import { topics, type UserState, userStateKey } from '@learnamp/contracts';
import { guardedUpserts } from '@learnamp/mongo';
import type { FindOpenSettings } from '@learnamp/organisations';
import type { Logger } from '@learnamp/service';
import { applyRound, type ApplyRoundDeps } from '../apply-user-states/apply-round.ts';
import type { Collections } from '../collections.ts';
import { type EmptyKeys, withoutErased } from '../erasure/without-erased.ts';
import { decidePlace } from '../matching/decide-place.ts';
import { amongOrganisations, idsOf } from '../matching/find-people.ts';
import { applyRunMarker } from '../runs/apply-run-marker.ts';
import { createBatchHandler } from './create-batch-handler.ts';
import { readUserRecord } from './read-user-record.ts';

export interface UserRecordsHandlerDeps {
  readonly collections: Collections;
  readonly findSettings: FindOpenSettings;
  readonly clock: () => Date;
  readonly emptyKeys: EmptyKeys;
  readonly logger: Logger;
}

/** How learners are found, read and written, apart from everything else: where a crash or a second writer shows. */
export type LearnerAccess = Pick<ApplyRoundDeps, 'loadLearners' | 'saveLearners' | 'decidePlace'>;

export const learnerAccess = ({ learners }: Pick<Collections, 'learners'>): LearnerAccess => ({
  loadLearners: (people) => amongOrganisations(learners, people, { 'sources.microsoft.personId': idsOf(people) }),
  saveLearners: (writes) => guardedUpserts(learners, 'sources.microsoft.version', writes),
  decidePlace,
});

/** Handles batches of `directory.users`: states become learners, markers become runs. */
export function createUserRecordsHandler(
  { collections, findSettings, clock, logger, emptyKeys }: UserRecordsHandlerDeps,
  access: LearnerAccess = learnerAccess(collections),
): BatchHandler {
  const deps = { ...collections, ...access, findSettings, clock };
  const { name: topic } = topics.directoryUsers;
  const lies = { topic, keyOf: userStateKey, empty: emptyKeys };
  const guard = { erasures: collections.erasures, collections, whose: (state: UserState) => state, lies };
  return createBatchHandler({
    read: readUserRecord,
    keyOf: userStateKey,
    applyRound: withoutErased(guard, (states) => applyRound(deps, states)),
    applyMarker: (marker) => applyRunMarker(deps, marker),
    logger,
  });
}
