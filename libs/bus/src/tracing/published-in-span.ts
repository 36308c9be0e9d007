import { inSpan, SpanKind, TRACEPARENT, traceparent } from '@learnamp/tracing';
import { contentOf } from '../append-record.ts';
import type { OutgoingRecord } from '../bus.ts';
import { fits } from '../record-size.ts';

/** Publishes in a span, whose context goes along in the records' headers. */
export function publishedInSpan(
  records: readonly OutgoingRecord[],
  maxRecordBytes: number | undefined,
  publish: (records: readonly OutgoingRecord[]) => Promise<void>,
): Promise<void> {
  if (records.length === 0) return publish(records);
  const topics = [...new Set(records.map(({ topic }) => topic))].join(', ');
  const attributes = {
    'messaging.system': 'kafka',
    'messaging.operation.type': 'send',
    'messaging.destination.name': topics,
    'messaging.batch.message_count': records.length,
  };
  return inSpan(`send ${topics}`, { scope: 'bus', kind: SpanKind.PRODUCER, attributes }, () =>
    publish(withContext(records, maxRecordBytes)),
  );
}

/** A context that a record has already stays, and where there is no room for one the record goes without. */
function withContext(records: readonly OutgoingRecord[], maxRecordBytes?: number): readonly OutgoingRecord[] {
  const context = traceparent();
  if (context === undefined) return records;
  return records.map((record) => {
    const traced = { ...record, headers: { [TRACEPARENT]: context, ...record.headers } };
    return fits(contentOf(traced), maxRecordBytes) ? traced : record;
  });
}
