import { personRecordId } from '@learnamp/sync-state';
import { erasedPeople } from '../erasure/erased-people.ts';
import type { RunContext } from './run-context.ts';

const AT_ONCE = 1000;

type Context = Pick<RunContext, 'stores' | 'applied' | 'organisation' | 'clock' | 'timings'>;

/**
 * Notes people who are to be looked at once more when Graph's replicas have surely caught up. What told of their change
 * won't tell of it again, and the replica that answered for them may not have known of it yet.
 */
export async function lookAgainLater(context: Context, personIds: Iterable<string>): Promise<void> {
  const { stores, organisation, clock, timings } = context;
  const lookAgainAt = new Date(clock().getTime() + timings.secondLookAfter);
  const all = [...personIds];
  if (all.length === 0) return;
  for (let start = 0; start < all.length; start += AT_ONCE) {
    const some = all.slice(start, start + AT_ONCE);
    const erased = await erasedPeople(context, some);
    const noted = some.filter((personId) => !erased.has(personId));
    const operations = noted.map((personId) => ({
      updateOne: {
        filter: { _id: personRecordId(organisation.id, personId) },
        update: { $set: { organisationId: organisation.id, personId, lookAgainAt } },
        upsert: true,
      },
    }));
    if (operations.length > 0) await stores.people.bulkWrite(operations, { ordered: false });
  }
  await stores.workRecords.collection.updateOne({ _id: organisation.id as never }, [
    { $set: { nextSecondLookAt: { $min: [lookAgainAt, '$nextSecondLookAt'] } } },
  ]);
}

/** Whoever is to be looked at again by then. */
export async function peopleToLookAt({ stores, organisation }: Context, by: Date): Promise<string[]> {
  const due = { organisationId: organisation.id, lookAgainAt: { $lte: by } };
  const records = await stores.people.find(due, { personId: 1 }).lean<{ personId: string }[]>();
  return records.map(({ personId }) => personId);
}

/**
 * They were looked at, those who were due by then; those of whom nothing could be read are looked at once more after the
 * same time.
 */
export async function noteLookedAt(
  context: Context,
  personIds: readonly string[],
  { by, unread }: { readonly by: Date; readonly unread: readonly string[] },
): Promise<void> {
  const { stores, organisation } = context;
  const ids = personIds.map((personId) => personRecordId(organisation.id, personId));
  await stores.people.updateMany({ _id: { $in: ids }, lookAgainAt: { $lte: by } }, { $set: { lookAgainAt: null } });
  await lookAgainLater(context, unread);
}

export async function planNextLook({ stores, organisation }: Context): Promise<void> {
  const next = await stores.people
    .findOne({ organisationId: organisation.id, lookAgainAt: { $type: 'date' } }, { lookAgainAt: 1 })
    .sort({ lookAgainAt: 1 })
    .lean();
  const nextSecondLookAt = next?.lookAgainAt ?? null;
  await stores.workRecords.updateOne({ _id: organisation.id }, { $set: { nextSecondLookAt } });
}
