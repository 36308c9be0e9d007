import { hashOf, proveDeleted, removedState } from '@learnamp/directory';
import { batch } from '@learnamp/graph-client';
import { type DecidedState, emitStates } from '../emission/emit-states.ts';
import type { PersonRecord } from '../emission/person-record-model.ts';
import type { RunContext } from '../runs/run-context.ts';
import type { RunReporter } from '../runs/run-reporter.ts';

/**
 * Asks again for the people who were missing minutes ago. A second 404 proves the deletion; whoever is there again is
 * left to the next run that reads them.
 */
export async function confirmDeletions(context: RunContext, run: Pick<RunReporter, 'runId' | 'counts'>): Promise<void> {
  const { stores, organisation, clock, timings } = context;
  const missing = await stores.people.find({ organisationId: organisation.id, missingSince: { $ne: null } }).lean();
  const statuses = await statusesOf(context, missing);
  const now = clock();

  const decided = missing.flatMap((record): DecidedState[] => {
    if (statuses.get(record.personId) !== 404 || !record.missingSince || !record.emitted) return [];
    const removal = proveDeleted({
      missingSince: record.missingSince,
      missingAgainAt: now,
      minimumMs: timings.deletionProof,
    });
    if (!removal) return [];
    const state = removedState(record.emitted.state, removal);
    return [{ state, hash: hashOf(state) }];
  });
  run.counts.emitted += decided.length;
  await emitStates(context, run.runId, decided);
  const found = missing.filter((record) => statuses.get(record.personId) === 200);
  await stores.people.updateMany({ _id: { $in: found.map((record) => record._id) } }, { $set: { missingSince: null } });
  await planNextCheck(context);
}

async function statusesOf({ graph }: RunContext, records: readonly PersonRecord[]): Promise<Map<string, number>> {
  const answers = await batch(
    graph,
    records.map(({ personId }) => ({ method: 'GET' as const, url: `/users/${personId}?$select=id` })),
  );
  return new Map(records.map(({ personId }, index) => [personId, answers[index]?.status ?? 0]));
}

async function planNextCheck({ stores, organisation, timings }: RunContext): Promise<void> {
  const oldest = await stores.people
    .findOne({ organisationId: organisation.id, missingSince: { $ne: null } })
    .sort({ missingSince: 1 })
    .lean();
  const at = oldest?.missingSince ? new Date(oldest.missingSince.getTime() + timings.deletionProof) : null;
  await stores.workRecords.updateOne({ _id: organisation.id }, { $set: { nextDeletionCheckAt: at } });
}
