import { personRecordId } from '@learnamp/sync-state';
import type { RunContext } from './run-context.ts';

/** Notes when known people were first not found, and when to ask for them again: a single 404 proves nothing. */
export async function noteMissing(context: RunContext, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  const { stores, organisation, clock, timings } = context;
  const now = clock();
  const ids = personIds.map((personId) => personRecordId(organisation.id, personId));
  await stores.people.updateMany(
    { _id: { $in: ids }, missingSince: null, $or: [{ 'emitted.state.active': true }, { 'pending.active': true }] },
    { $set: { missingSince: now } },
  );
  if (!organisation.provisioning.deactivate) return;
  // Noted now or before: whoever noted it before may have died before they planned anything.
  const waiting = { _id: { $in: ids }, missingSince: { $ne: null }, 'proposal.heldSince': null };
  if (!(await stores.people.exists(waiting))) return;
  const checkAt = new Date(now.getTime() + timings.deletionProof);
  await stores.workRecords.collection.updateOne({ _id: organisation.id as never }, [
    { $set: { nextDeletionCheckAt: { $min: [checkAt, '$nextDeletionCheckAt'] } } },
  ]);
}

/** Whoever was found among the members is neither missing nor outside: should they go again, it begins anew. */
export async function noteFound(
  { stores, organisation }: Pick<RunContext, 'stores' | 'organisation'>,
  personIds: readonly string[],
): Promise<void> {
  const ids = personIds.map((personId) => personRecordId(organisation.id, personId));
  const away = { $or: [{ missingSince: { $ne: null } }, { outsideSince: { $ne: null } }] };
  const back = { missingSince: null, outsideSince: null, notMemberSince: null, keptUntil: null };
  await stores.people.updateMany({ _id: { $in: ids }, ...away }, { $set: back });
}
