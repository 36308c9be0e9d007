export { copyModel, emptyCopy, fillCopy } from './copies.ts';
export { connectMongo, type MongoOptions } from './connect-mongo.ts';
export type { BulkWritable } from './duplicate-ids.ts';
export { ensureIndexes } from './ensure-indexes.ts';
export { insertOnce } from './insert-once.ts';
export { guardedUpserts, type GuardedWrite } from './version-guard.ts';
export {
  claimLease,
  leaseFields,
  LeaseLostError,
  releaseLease,
  renewLease,
  underLease,
  type HeldLease,
  type Lease,
} from './lease.ts';
