import type { WantedState } from '@learnamp/directory';
import { personRecordId } from '@learnamp/sync-state';
import { propose, withdrawRemovals } from '../approval/proposals.ts';
import type { RunContext } from '../runs/run-context.ts';

const DAY = 24 * 60 * 60 * 1000;
const FOR_EVER = new Date('9999-12-31T00:00:00Z');

/**
 * What becomes of people who are proved to have left the group: their removal, or, where the organisation keeps people
 * who fall out of scope, nothing before their grace is over.
 */
export async function keepOrPropose(context: RunContext, runId: string, left: readonly WantedState[]): Promise<void> {
  const { keep, graceDays } = context.organisation.provisioning.outOfScope;
  if (!keep) return propose(context, runId, left);
  const now = context.clock();
  const since = await outsideSince(context, left, now);
  const endOf = ({ personId }: WantedState) =>
    graceDays === null ? FOR_EVER : new Date((since.get(personId) ?? now).getTime() + graceDays * DAY);
  const kept = left.filter((state) => endOf(state) > now);
  await noteKept(context, kept, { now, endOf });
  return propose(
    context,
    runId,
    left.filter((state) => endOf(state) <= now),
  );
}

async function outsideSince({ stores, organisation }: RunContext, left: readonly WantedState[], now: Date) {
  const ids = left.map(({ personId }) => personRecordId(organisation.id, personId));
  const records = await stores.people.find({ _id: { $in: ids } }, { personId: 1, outsideSince: 1 }).lean();
  return new Map(records.map((record) => [record.personId, record.outsideSince ?? now]));
}

async function noteKept(
  context: RunContext,
  kept: readonly WantedState[],
  { now, endOf }: { readonly now: Date; readonly endOf: (state: WantedState) => Date },
): Promise<void> {
  const { stores, organisation } = context;
  const operations = kept.map((state) => {
    const set = { keptUntil: endOf(state), outsideSince: { $ifNull: ['$outsideSince', now] } };
    return {
      updateOne: { filter: { _id: personRecordId(organisation.id, state.personId) as never }, update: [{ $set: set }] },
    };
  });
  if (operations.length > 0) await stores.people.collection.bulkWrite(operations, { ordered: false });
  await withdrawRemovals(
    context,
    kept.map(({ personId }) => personId),
    'left',
  );
}
