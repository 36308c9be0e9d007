import type { ClientSession, Connection, Model } from 'mongoose';

/** Who may work on something, until when. The epoch grows with every new holder, so a former one can be told apart. */
export interface Lease {
  readonly holder: string | null;
  readonly epoch: number;
  readonly until: Date;
}

export const leaseFields = {
  holder: { type: String, default: null },
  epoch: { type: Number, required: true, default: 0 },
  until: { type: Date, required: true, default: () => new Date(0) },
} as const;

/** A lease that is held: its document's id, and the epoch under which its holder may write. */
export interface HeldLease {
  readonly id: string;
  readonly holder: string;
  readonly epoch: number;
}

/** The lease went to another holder, or ran out: stop at once and write nothing more. */
export class LeaseLostError extends Error {
  readonly code = 'lease-lost';
  readonly retriable = false;

  constructor(id: string, epoch: number) {
    super(`the lease on ${id} with epoch ${epoch} is held by another worker`);
    this.name = 'LeaseLostError';
  }
}

interface Leased {
  lease: Lease;
}

/** Claims one document that matches `filter` and that nobody holds, under a new epoch; null when there is none. */
export async function claimLease<Doc extends Leased>(
  model: Model<Doc>,
  filter: Record<string, unknown>,
  { holder, now, ttlMs }: { holder: string; now: Date; ttlMs: number },
): Promise<HeldLease | null> {
  const found = await model
    .findOneAndUpdate(
      { ...filter, 'lease.until': { $lte: now } },
      { $set: { 'lease.holder': holder, 'lease.until': new Date(now.getTime() + ttlMs) }, $inc: { 'lease.epoch': 1 } },
      { returnDocument: 'after', lean: true },
    )
    .exec();
  return found ? { id: String(found._id), holder, epoch: (found as unknown as Leased).lease.epoch } : null;
}

/** @throws LeaseLostError when somebody else has claimed it since. */
export async function renewLease<Doc extends Leased>(
  model: Model<Doc>,
  lease: HeldLease,
  until: Date,
  session?: ClientSession,
): Promise<void> {
  const { matchedCount } = await model.updateOne(
    heldBy(lease),
    { $set: { 'lease.until': until } },
    session ? { session } : {},
  );
  if (matchedCount === 0) throw new LeaseLostError(lease.id, lease.epoch);
}

/** Lets others claim it at once. Releasing a lease that was lost does nothing. */
export async function releaseLease<Doc extends Leased>(model: Model<Doc>, lease: HeldLease): Promise<void> {
  await model.updateOne(heldBy(lease), { $set: { 'lease.holder': null, 'lease.until': new Date(0) } });
}

/**
 * Runs `work` in a transaction that also writes the leased document, so that it commits only while the lease is ours:
 * a holder that lost it in the meantime gets LeaseLostError and leaves nothing behind.
 */
export async function underLease<Doc extends Leased, Result>(
  connection: Connection,
  model: Model<Doc>,
  lease: HeldLease,
  until: Date,
  work: (session: ClientSession) => Promise<Result>,
): Promise<Result> {
  const session = await connection.startSession();
  try {
    return await session.withTransaction(async () => {
      await renewLease(model, lease, until, session);
      return work(session);
    });
  } finally {
    await session.endSession();
  }
}

const heldBy = (lease: HeldLease) => ({ _id: lease.id, 'lease.holder': lease.holder, 'lease.epoch': lease.epoch });
