import { formatVersion } from '@learnamp/contracts';
import { underLease } from '@learnamp/mongo';
import type { ClientSession } from 'mongoose';
import type { RunContext } from '../runs/run-context.ts';

type VersionDeps = Pick<RunContext, 'connection' | 'stores' | 'lease' | 'clock' | 'timings'>;

/**
 * Takes the next `count` versions of the organisation and does `work` in the same transaction, which commits only while
 * the lease is held: a former holder can neither take versions nor store what it decided.
 * @throws LeaseLostError
 */
export async function withVersions<Result>(
  { connection, stores, lease, clock, timings }: VersionDeps,
  count: number,
  work: (versions: readonly string[], session: ClientSession) => Promise<Result>,
): Promise<Result> {
  const until = new Date(clock().getTime() + timings.leaseTtl);
  return underLease(connection, stores.workRecords, lease, until, async (session) => {
    const { sequence } = await stores.workRecords
      .findOneAndUpdate(
        { _id: lease.id },
        { $inc: { sequence: count } },
        { session, returnDocument: 'after', lean: true, projection: { sequence: 1 } },
      )
      .orFail();
    const versions = Array.from({ length: count }, (_, index) =>
      formatVersion({ epoch: lease.epoch, sequence: sequence - count + 1 + index }),
    );
    return work(versions, session);
  });
}
