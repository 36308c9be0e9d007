import { type Attributes, causesOf, inSpan, SpanKind, TRACEPARENT } from '@learnamp/tracing';
import type { BusRecord } from '../bus.ts';
import type { Outcome } from '../outcome.ts';

/** A batch on its way to a handler, for the `attempts`th time. */
export interface TracedBatch {
  readonly groupId: string;
  readonly records: readonly BusRecord[];
  readonly attempts: number;
}

/** Handles a batch in a span that the spans by which its records were published lead to; `handle` says what was decided. */
export async function handledInSpan(batch: TracedBatch, handle: () => Promise<readonly Outcome[]>): Promise<void> {
  const { records } = batch;
  const causes = causesOf(records.map(({ headers }) => headers[TRACEPARENT]?.toString()));
  const settings = { scope: 'bus', kind: SpanKind.CONSUMER, causes, attributes: attributesOf(batch) };
  await inSpan(`process ${records[0]?.topic ?? ''}`, settings, async (span) => {
    span.setAttributes(counted(await handle()));
  });
}

function attributesOf({ groupId, records, attempts }: TracedBatch): Attributes {
  return {
    'messaging.system': 'kafka',
    'messaging.operation.type': 'process',
    'messaging.destination.name': records[0]?.topic ?? '',
    'messaging.destination.partition.id': String(records[0]?.partition),
    'messaging.consumer.group.name': groupId,
    'messaging.batch.message_count': records.length,
    'learnamp.attempts': attempts,
  };
}

/** How many records came to which outcome. */
function counted(outcomes: readonly Outcome[]): Attributes {
  const counts: Record<string, number> = {};
  for (const { kind } of outcomes) counts[`learnamp.outcome.${kind}`] = (counts[`learnamp.outcome.${kind}`] ?? 0) + 1;
  return counts;
}
