import type { Static } from 'typebox';
import type { EventType } from './cloud-event.ts';
import { satisfies, violations } from './validator.ts';

/** The part of a bus record that an event is read from. */
export interface EncodedRecord {
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer>>;
}

/** A decoded event, discriminated by its CloudEvents type. */
export type DecodedEvent<Types extends EventType> =
  Types extends EventType<infer Schema> ? { readonly type: Types['type']; readonly data: Static<Schema> } : never;

export type Decoded<Types extends EventType> =
  { readonly ok: true; readonly event: DecodedEvent<Types> } | { readonly ok: false; readonly reason: string };

const refused = (reason: string) => ({ ok: false, reason }) as const;

/**
 * Reads a record as one of the given event types. Never throws: whatever can't be read comes back as a reason, for the
 * dead letters. An unknown major version is such a reason; unknown fields are ignored.
 */
export function decodeEvent<Types extends EventType>(
  eventTypes: readonly Types[],
  record: EncodedRecord,
): Decoded<Types> {
  const type = record.headers['ce_type']?.toString();
  const eventType = eventTypes.find((candidate) => candidate.type === type);
  if (!eventType) return refused(`unknown event type ${type ?? '(none)'}`);
  if (!record.value) return refused('no value');

  const data = parseJson(record.value);
  if (data === undefined) return refused('the value is not JSON');
  if (!satisfies(eventType.schema, data)) {
    return refused(`not as the schema says at ${violations(eventType.schema, data).join(', ')}`);
  }
  return { ok: true, event: { type: eventType.type, data } as DecodedEvent<Types> };
}

function parseJson(value: Buffer): unknown {
  try {
    return JSON.parse(value.toString('utf8')) as unknown;
  } catch {
    // A SyntaxError that escapes a handler would end a kafkajs consumer for good.
    return undefined;
  }
}
