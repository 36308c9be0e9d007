import type { AppendRecord, BusRecord, OperatorBus } from '@learnamp/bus';
import { type DeadLetterAnswer, deadLetterAnswerModel } from '../dead-letters/answer-model.ts';
import { letterId } from '../dead-letters/letters.ts';
import { endOf } from '../topics/known-topics.ts';
import type { Found, Place } from '../person/search.ts';
import type { Forgetting } from './forget-in-topics.ts';
import { redacted } from './redact.ts';

// Where a record lay before: whoever begins anew after a crash moves none twice.
const MOVED = 'x-moved-from';

const AT_ONCE = 200;

/**
 * Puts what is others' at the end of a partition, in its order, and cuts off everything before. A command that comes again
 * by that is known to whoever carried it out by its id. Answers to dead letters go with them.
 */
export async function moveOthers(
  { bus, names, connection }: Forgetting,
  place: Place,
  found: readonly Found[],
): Promise<void> {
  const naming = new Map(found.map(({ record, mention }) => [record.offset, mention]));
  const moved = await movedBefore(bus, place);
  await moveAnswers(connection, recordsIn(bus, place, place.low, place.high));
  const waiting: AppendRecord[] = [];
  for await (const record of recordsIn(bus, place, place.low, place.high)) {
    const mention = naming.get(record.offset);
    if (mention?.isTheirs || moved.has(String(record.offset))) continue;
    // What doesn't name them keeps its bytes.
    const content = mention ? redacted(record, names) : record;
    if (content) waiting.push(appended(place, record, content));
    if (waiting.length >= AT_ONCE) await bus.append(waiting.splice(0));
  }
  if (waiting.length > 0) await bus.append(waiting);
  const end = await endOf(bus, place.topic, place.partition);
  await moveAnswers(connection, recordsIn(bus, place, place.high, end));
  await bus.cutBefore(place.topic, place.partition, place.high);
}

const recordsIn = (bus: OperatorBus, { topic, partition }: Place, from: bigint, to: bigint) =>
  bus.read({ topic, spans: [{ partition, from, to }] });

type Content = Pick<BusRecord, 'key' | 'value' | 'headers'>;

function appended({ topic, partition }: Place, { offset }: BusRecord, { key, value, headers }: Content): AppendRecord {
  return { topic, partition, key, value, headers: { ...headers, [MOVED]: Buffer.from(String(offset)) } };
}

/** Offsets of what an erasure that did not come to its end has put behind this place already. */
async function movedBefore(bus: OperatorBus, place: Place): Promise<ReadonlySet<string>> {
  const moved = new Set<string>();
  for await (const { headers } of recordsIn(bus, place, place.low, place.high)) {
    const from = headers[MOVED]?.toString();
    if (from !== undefined) moved.add(from);
  }
  return moved;
}

/** What an operator did about a letter is kept by its place and time, which are others now. */
async function moveAnswers(connection: Forgetting['connection'], moved: AsyncIterable<BusRecord>): Promise<void> {
  const answers = deadLetterAnswerModel(connection);
  for await (const record of moved) {
    const from = record.headers[MOVED]?.toString();
    const before = from === undefined ? null : await answers.findById(letterId(record, from)).lean<DeadLetterAnswer>();
    if (!before) continue;
    const { answer, by, at } = before;
    const said = { answer, by, at, writtenAt: new Date(record.timestamp) };
    await answers.updateOne({ _id: letterId(record, String(record.offset)) }, { $set: said }, { upsert: true });
    await answers.deleteOne({ _id: before._id });
  }
}
