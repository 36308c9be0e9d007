import { copyModel, emptyCopy, fillCopy } from '@learnamp/mongo';
import type { Model } from 'mongoose';
import { recordToPlan } from '../emission/state-records.ts';
import type { RunContext } from '../runs/run-context.ts';
import type { Stores } from '../stores.ts';

type AnyStore = Model<unknown>;

/**
 * Does `work` as it would be done now, and leaves nothing of it: it gets copies of everything that we keep of the
 * organisation, and what it emits becomes proposals. What profile-writer has applied is only ever read.
 */
export async function onCopies<Result>(
  context: RunContext,
  work: (preview: RunContext) => Promise<Result>,
): Promise<Result> {
  const copies = copiesOf(context.stores);
  const ours = { $or: [{ _id: context.organisation.id as never }, { organisationId: context.organisation.id }] };
  for (const [original, copy] of copies) await fillCopy(original, copy, ours);
  try {
    return await work({ ...context, stores: storesOf(context.stores, copies), stateRecord: recordToPlan });
  } finally {
    for (const copy of copies.values()) await emptyCopy(copy, ours);
  }
}

const copiesOf = (stores: Stores): ReadonlyMap<AnyStore, AnyStore> =>
  new Map((Object.values(stores) as AnyStore[]).map((store) => [store, copyModel(store)]));

const storesOf = (stores: Stores, copies: ReadonlyMap<AnyStore, AnyStore>): Stores =>
  Object.fromEntries(
    Object.entries(stores).map(([name, store]: [string, AnyStore]) => [name, copies.get(store)]),
  ) as unknown as Stores;
