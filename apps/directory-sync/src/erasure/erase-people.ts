import { erasureId, nameHash } from '@learnamp/learners';
import type { HeldLease } from '@learnamp/mongo';
import type { WaitingRequest } from '@learnamp/sync-state';
import type { Stores } from '../stores.ts';

export interface ErasingContext {
  readonly stores: Pick<Stores, 'workRecords' | 'people' | 'inspections'>;
  readonly lease: Pick<HeldLease, 'id'>;
}

/**
 * Removes what is known of people who are to be erased, for the holder of the organisation's lease. Whoever is in the
 * directory's groups stays listed there by their id, as the directory has them; nothing is read of them any more.
 */
export async function eraseWhoeverIsToBe({ stores, lease }: ErasingContext): Promise<void> {
  const record = await stores.workRecords.findById(lease.id, 'requests').lean();
  for (const request of record?.requests ?? []) {
    if (request.mode === 'erase') await performErasure({ stores, lease }, request);
  }
}

export async function performErasure({ stores, lease }: ErasingContext, request: WaitingRequest): Promise<void> {
  const { requestId, erases } = request;
  const [people, names] = [new Set(erases?.people), new Set(erases?.names)];
  const organisationId = lease.id;
  const isErased = (personId: string) => people.has(erasureId(organisationId, personId));
  const known = stores.people.find({ organisationId }, 'personId').lean<{ _id: string; personId: string }[]>().cursor();
  for await (const { _id, personId } of known) if (isErased(personId)) await stores.people.deleteOne({ _id });
  const asked = stores.inspections.find({ organisationId }, 'lookUp person.id manager.id').lean().cursor();
  for await (const { _id, lookUp, person, manager } of asked) {
    const ids = [lookUp, person?.id, manager?.id].filter((id) => id !== undefined);
    if (ids.some(isErased) || names.has(nameHash(organisationId, lookUp))) await stores.inspections.deleteOne({ _id });
  }
  await stores.workRecords.updateOne({ _id: organisationId }, { $pull: { requests: { requestId } } });
}
