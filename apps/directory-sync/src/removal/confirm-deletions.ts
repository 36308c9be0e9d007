import { proveDeleted, removedState, type WantedState } from '@learnamp/directory';
import type { PersonRecord } from '@learnamp/sync-state';
import { propose } from '../approval/proposals.ts';
import { wantedOf } from '../emission/wanted-of.ts';
import type { RunContext } from '../runs/run-context.ts';
import type { RunReporter } from '../runs/run-reporter.ts';
import { askExistence } from './ask-existence.ts';

// Whose deletion is proved and held is a person's to answer, not the directory's.
const unanswered = { missingSince: { $ne: null }, 'proposal.heldSince': null } as const;

/**
 * Asks again for the people who were missing minutes ago. A second 404 proves the deletion; whoever is there again is
 * left to the next run that reads them.
 */
export async function confirmDeletions(context: RunContext, run: Pick<RunReporter, 'runId'>): Promise<void> {
  const { stores, organisation } = context;
  if (!organisation.provisioning.deactivate) return forgetCheck(context);
  const missing = await stores.people.find({ organisationId: organisation.id, ...unanswered }).lean();
  const found = await proveDeletions(context, run, missing);
  await stores.people.updateMany(
    { organisationId: organisation.id, personId: { $in: found } },
    { $set: { missingSince: null } },
  );
  await planNextCheck(context);
}

/** Asks for people who were missing, and proposes the removal of who still is. Returns the ids of who is there again. */
export async function proveDeletions(
  context: RunContext,
  run: Pick<RunReporter, 'runId'>,
  records: readonly PersonRecord[],
): Promise<string[]> {
  const { clock, timings } = context;
  const personIds = records.map(({ personId }) => personId);
  const statuses = await askExistence(context, personIds);
  const [missingAgainAt, minimumMs] = [clock(), timings.deletionProof];
  const deleted = records.flatMap(({ personId, emitted, pending, missingSince }): WantedState[] => {
    const last = emitted?.state ?? (pending && wantedOf(pending));
    if (statuses.get(personId) !== 404 || !missingSince || !last) return [];
    const removal = proveDeleted({ missingSince, missingAgainAt, minimumMs });
    return removal ? [removedState(last, removal)] : [];
  });
  await propose(context, run.runId, deleted);
  return personIds.filter((personId) => statuses.get(personId) === 200);
}

/** While nobody is deactivated, nobody need be asked about; with the switch back on everybody is read anew. */
async function forgetCheck({ stores, organisation }: RunContext): Promise<void> {
  await stores.workRecords.updateOne({ _id: organisation.id }, { $set: { nextDeletionCheckAt: null } });
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
