import type { ClientSession } from 'mongoose';
import type { RunContext } from '../runs/run-context.ts';

/** Groups whose lists were read, and which of them are to be read again. */
export interface GroupChecks {
  /** Read again just now, because they were to be. */
  readonly checked: readonly string[];
  /** Read otherwise than they were known, or followed by a new link: read again when the replicas have caught up. */
  readonly newGroups: readonly string[];
  /** Shorter than the directory counts: read again a few times in half an hour. */
  readonly inDoubt: readonly string[];
}

/**
 * Plans when groups are read again. Saved together with the tree that they were read for: whoever dies in between would
 * leave a reading that is out of date, and nobody to doubt it.
 */
export async function planGroupChecks(
  { stores, organisation, clock, timings }: Pick<RunContext, 'stores' | 'organisation' | 'clock' | 'timings'>,
  { checked, newGroups, inDoubt }: GroupChecks,
  session: ClientSession,
): Promise<void> {
  const inMs = (ms: number) => new Date(clock().getTime() + ms);
  const others = { $setDifference: ['$groupsToCheck', { $literal: checked }] };
  const waiting = { $cond: [{ $eq: [others, []] }, null, '$nextGroupCheckAt'] };
  const doubted = inDoubt.length > 0 ? { $min: [inMs(timings.shortListEvery), waiting] } : waiting;
  await stores.workRecords.collection.updateOne(
    { _id: organisation.id as never },
    [
      {
        $set: {
          groupsToCheck: { $setUnion: [others, { $literal: [...newGroups, ...inDoubt] }] },
          nextGroupCheckAt: newGroups.length > 0 ? inMs(timings.secondLookAfter) : doubted,
        },
      },
    ],
    { session },
  );
}
