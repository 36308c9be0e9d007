import type { BatchHandler } from '@learnamp/bus';
import { type Proposal, userStateKey } from '@learnamp/contracts';
import { withoutErased } from '../erasure/without-erased.ts';
import { applyPreviewMarker } from '../previews/apply-preview-marker.ts';
import { planRound } from '../previews/plan-round.ts';
import { copiesOf } from '../previews/preview-copies.ts';
import { createBatchHandler } from './create-batch-handler.ts';
import { readProposalRecord } from './read-proposal-record.ts';
import { learnerAccess, type UserRecordsHandlerDeps } from './user-records-handler.ts';

/** Handles batches of `directory.proposals`: states are applied to copies, markers become runs that did nothing. */
export function createProposalRecordsHandler(
  { collections, findSettings, clock, logger }: Omit<UserRecordsHandlerDeps, 'emptyKeys'>,
  copies = copiesOf(collections),
): BatchHandler {
  const onCopies = { ...copies, ...learnerAccess(copies), roles: collections.roles, findSettings, clock };
  const guard = { erasures: collections.erasures, collections, whose: ({ state }: Proposal) => state };
  return createBatchHandler({
    read: readProposalRecord,
    keyOf: ({ state }) => userStateKey(state),
    applyRound: withoutErased(guard, (proposals) => planRound({ runs: collections.runs, onCopies }, proposals)),
    applyMarker: (marker) => applyPreviewMarker({ collections, copies, findSettings, clock }, marker),
    logger,
  });
}
