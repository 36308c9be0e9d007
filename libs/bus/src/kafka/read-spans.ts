import type { Admin, Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import { BusError } from '../bus-error.ts';
import type { ReadRange, Span } from '../bus.ts';
import { Handover } from './handover.ts';
import { ReadingPlace } from './reading-place.ts';
import { withHeartbeats } from './with-heartbeats.ts';

export interface ReadMessage {
  readonly partition: number;
  readonly message: KafkaMessage;
}

export interface ReadSpansDeps {
  /** A consumer of a group of its own, not connected yet. */
  readonly consumer: Consumer;
  /** After so many milliseconds without a record, reading fails: an end that came too early would look like the end. */
  readonly silenceMs: number;
}

/** What of each partition there is to read now, without the empty ones. */
export async function spansOf(
  admin: Admin,
  topic: string,
  { fromTime, spans }: Omit<ReadRange, 'topic'>,
): Promise<Span[]> {
  const bounds = await admin.fetchTopicOffsets(topic);
  const starts = fromTime === undefined ? [] : await admin.fetchTopicOffsetsByTimestamp(topic, fromTime);
  const startOf = new Map(starts.map(({ partition, offset }) => [partition, BigInt(offset)]));
  const there = bounds.map(({ partition, low, high }) => ({
    partition,
    from: startOf.get(partition) ?? BigInt(low),
    to: BigInt(high),
  }));
  return (spans ? spans.flatMap((span) => clipped(span, there)) : there)
    .filter(({ from, to }) => from < to)
    .sort((one, other) => one.partition - other.partition);
}

function clipped({ partition, from, to }: Span, there: readonly Span[]): Span[] {
  const whole = there.find((each) => each.partition === partition);
  if (!whole) return [];
  return [{ partition, from: from > whole.from ? from : whole.from, to: to < whole.to ? to : whole.to }];
}

/** Reads the spans one after the other. */
export async function* readSpans(
  deps: ReadSpansDeps,
  topic: string,
  spans: readonly Span[],
): AsyncGenerator<ReadMessage, void, undefined> {
  if (spans.length === 0) return;
  const batches = new Handover<EachBatchPayload>();
  const place = new ReadingPlace(deps.consumer, topic);
  try {
    await start(deps.consumer, topic, place, batches);
    for (const span of spans) {
      place.moveTo(span.partition, span.from);
      yield* readSpan(deps, place, span, batches);
    }
  } finally {
    batches.close();
    await deps.consumer.disconnect();
  }
}

async function start(
  consumer: Consumer,
  topic: string,
  place: ReadingPlace,
  batches: Handover<EachBatchPayload>,
): Promise<void> {
  // kafkajs starts a consumer anew when it could not join, and forgets where it was told to read.
  consumer.on(consumer.events.GROUP_JOIN, () => place.take());
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    eachBatch: (payload) => {
      const beat = (): Promise<void> => payload.heartbeat().catch(() => undefined);
      return withHeartbeats(beat, () => batches.give(payload));
    },
  });
}

async function* readSpan(
  deps: ReadSpansDeps,
  place: ReadingPlace,
  span: Span,
  batches: Handover<EachBatchPayload>,
): AsyncGenerator<ReadMessage, void, undefined> {
  for (let next = span.from; next < span.to;) {
    const payload = await batches.take(deps.silenceMs);
    if (payload === undefined) throw silent(place.topic, span.partition);
    const { batch } = payload;
    // What was fetched for another place comes again in its turn.
    if (batch.partition === span.partition && !payload.isStale()) {
      for (const message of batch.messages) {
        const offset = BigInt(message.offset);
        if (offset >= next && offset < span.to) yield { partition: span.partition, message };
      }
      next = BigInt(batch.lastOffset()) + 1n;
      place.passed(next);
      payload.resolveOffset(batch.lastOffset());
    }
    batches.done();
  }
}

function silent(topic: string, partition: number): BusError {
  return new BusError('bus-unavailable', `${topic}/${partition} could not be read to its end: no answer`);
}
