import { proveDeleted, removedState, type WantedState } from '@learnamp/directory';
import { wantedOf } from '../emission/wanted-of.ts';
import type { RunContext } from '../runs/run-context.ts';
import type { RunReporter } from '../runs/run-reporter.ts';
import { askExistence } from './ask-existence.ts';
import { propose } from '../approval/proposals.ts';

// Whose deletion is proved and held is a person's to answer, not the directory's.
const unanswered = { missingSince: { $ne: null }, 'proposal.heldSince': null } as const;

/**
 * Asks again for the people who were missing minutes ago. A second 404 proves the deletion; whoever is there again is
 * left to the next run that reads them.
 */
export async function confirmDeletions(context: RunContext, run: Pick<RunReporter, 'runId'>): Promise<void> {
  const { stores, organisation, clock, timings } = context;
  const missing = await stores.people.find({ organisationId: organisation.id, ...unanswered }).lean();
  const statuses = await askExistence(
    context,
    missing.map((record) => record.personId),
  );
  const now = clock();

  const deleted = missing.flatMap((record): WantedState[] => {
    const last = record.emitted?.state ?? (record.pending && wantedOf(record.pending));
    if (statuses.get(record.personId) !== 404 || !record.missingSince || !last) return [];
    const removal = proveDeleted({
      missingSince: record.missingSince,
      missingAgainAt: now,
      minimumMs: timings.deletionProof,
    });
    return removal ? [removedState(last, removal)] : [];
  });
  await propose(context, run.runId, deleted);
  const found = missing.filter((record) => statuses.get(record.personId) === 200);
  await stores.people.updateMany({ _id: { $in: found.map((record) => record._id) } }, { $set: { missingSince: null } });
  await planNextCheck(context);
}

async function planNextCheck({ stores, organisation, timings, clock }: RunContext): Promise<void> {
  const oldest = await stores.people
    .findOne({ organisationId: organisation.id, ...unanswered })
    .sort({ missingSince: 1 })
    .lean();
  const wanted = (oldest?.missingSince?.getTime() ?? 0) + timings.deletionProof;
  // Who could not be asked just now is asked again after the same time, not at once.
  const soonest = clock().getTime();
  const at = oldest ? new Date(wanted > soonest ? wanted : soonest + timings.deletionProof) : null;
  await stores.workRecords.updateOne({ _id: organisation.id }, { $set: { nextDeletionCheckAt: at } });
}
