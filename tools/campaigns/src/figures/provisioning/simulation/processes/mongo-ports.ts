import { mongo } from 'mongoose';
import { SimulatedProcess } from './simulated-process.ts';

const writes = [
  'insertOne',
  'insertMany',
  'updateOne',
  'updateMany',
  'deleteOne',
  'deleteMany',
  'bulkWrite',
  'findOneAndUpdate',
] as const;

type Write = (...given: readonly unknown[]) => Promise<unknown>;

/** Asked before and after each write of a process; what it throws is what the process meets. */
export interface MongoFaults {
  before?: (() => void) | undefined;
  after?: (() => void) | undefined;
}

/**
 * Makes each write to MongoDB a call to the outside of the process that makes it. Reads are left alone: whoever dies at
 * one does nothing that dying at the next write does not.
 */
export function watchMongoWrites(faults: MongoFaults): void {
  for (const name of writes) {
    const original = Reflect.get(mongo.Collection.prototype, name) as Write;
    const watched: Write = function (this: mongo.Collection, ...given) {
      const write = () => Reflect.apply(original, this, given);
      const process = SimulatedProcess.current();
      if (!process) return write();
      const inTransaction = given.some(isInTransaction);
      return process.port(
        async () => {
          faults.before?.();
          const result = await write();
          if (!inTransaction) faults.after?.();
          return result;
        },
        { kind: 'write', inTransaction },
      );
    };
    Reflect.set(mongo.Collection.prototype, name, watched);
  }
}

const isInTransaction = (options: unknown) =>
  (options as { session?: mongo.ClientSession } | null | undefined)?.session?.inTransaction() === true;
