import type { BatchHandler } from '@learnamp/bus';
import { userStateKey } from '@learnamp/contracts';
import { applyPreviewMarker } from '../previews/apply-preview-marker.ts';
import { planRound } from '../previews/plan-round.ts';
import { copiesOf } from '../previews/preview-copies.ts';
import { createBatchHandler } from './create-batch-handler.ts';
import { readProposalRecord } from './read-proposal-record.ts';
import { learnerAccess, type UserRecordsHandlerDeps } from './user-records-handler.ts';

/** Handles batches of `directory.proposals`: states are applied to copies, markers become runs that did nothing. */
export function createProposalRecordsHandler(
  { collections, findSettings, clock, logger }: UserRecordsHandlerDeps,
  copies = copiesOf(collections),
): BatchHandler {
  const onCopies = { ...copies, ...learnerAccess(copies), roles: collections.roles, findSettings, clock };
  return createBatchHandler({
    read: readProposalRecord,
    keyOf: ({ state }) => userStateKey(state),
    applyRound: (proposals) => planRound({ runs: collections.runs, onCopies }, proposals),
    applyMarker: (marker) => applyPreviewMarker({ collections, copies, findSettings, clock }, marker),
    logger,
  });
}
