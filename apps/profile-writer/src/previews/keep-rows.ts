import type { OutcomeRowDocument } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import type { Model } from 'mongoose';
import { conflictRow, plannedRow, rowOfEntry } from './planned-row.ts';
import type { Copied } from './preview-copies.ts';

const AT_ONCE = 500;

interface Preview {
  readonly organisationId: string;
  readonly runId: string;
}

/** Keeps what the copies have come to as rows of the preview's run, each written once. */
export async function keepRows(
  copies: Copied,
  outcomeRows: Model<OutcomeRowDocument>,
  { organisationId, runId }: Preview,
  now: Date,
): Promise<void> {
  const rows = copies.outcomeRows.find({ runId }).lean().cursor();
  await inBatches(rows, async (some) => insertOnce(outcomeRows, await told(copies, some, now)));
  // Whose row is there already is left as they are.
  const entries = copies.provisioningLog.find({ runId, action: 'deactivated' }).lean().cursor();
  await inBatches(entries, async (some) => insertOnce(outcomeRows, await told(copies, some.map(rowOfEntry), now)));
  const waiting = copies.conflicts.find({ organisationId, state: 'waiting', 'said.runId': runId }).lean().cursor();
  await inBatches(waiting, (some) =>
    insertOnce(
      outcomeRows,
      some.map((row) => conflictRow(row, now)),
    ),
  );
}

async function told(copies: Copied, rows: readonly OutcomeRowDocument[], now: Date): Promise<OutcomeRowDocument[]> {
  const learnerIds = rows.flatMap(({ learnerId }) => learnerId ?? []);
  const entryIds = rows.flatMap(({ learnerId, version }) => (learnerId === null ? [] : [`${learnerId}:${version}`]));
  const [learners, entries] = await Promise.all([
    copies.learners.find({ _id: { $in: learnerIds } }).lean(),
    copies.provisioningLog.find({ _id: { $in: entryIds } }).lean(),
  ]);
  const learnerOf = new Map(learners.map((learner) => [learner._id, learner]));
  const entryOf = new Map(entries.map((entry) => [entry._id, entry]));
  return rows.map((row) =>
    plannedRow(row, entryOf.get(`${row.learnerId}:${row.version}`), learnerOf.get(row.learnerId ?? ''), now),
  );
}

async function inBatches<Item>(
  items: AsyncIterable<Item>,
  handle: (some: readonly Item[]) => Promise<void>,
): Promise<void> {
  let some: Item[] = [];
  for await (const item of items) {
    some.push(item);
    if (some.length < AT_ONCE) continue;
    await handle(some);
    some = [];
  }
  if (some.length > 0) await handle(some);
}
