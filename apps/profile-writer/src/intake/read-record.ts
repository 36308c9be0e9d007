import type { BusRecord, Outcome } from '@learnamp/bus';
import { type DecodedEvent, decodeEvent, type EventType } from '@learnamp/contracts';
import { Value } from 'typebox/value';

/** A record as an event, or what becomes of it without being applied. */
export type Reading<Types extends EventType> =
  { readonly event: DecodedEvent<Types> } | { readonly outcome: Exclude<Outcome, { kind: 'done' }> };

/** Reads a record. Whatever it holds, this never throws: what can't be applied goes to the dead letters. */
export function readRecord<Types extends EventType>(eventTypes: readonly Types[], record: BusRecord): Reading<Types> {
  // Compaction's own tombstone: the key is to be forgotten, and nothing is said about the person.
  if (record.value === null) return { outcome: { kind: 'skip', reason: 'compaction tombstone' } };
  const decoded = decodeEvent(eventTypes, record);
  if (!decoded.ok) return { outcome: { kind: 'dead-letter', reason: decoded.reason } };
  return { event: withoutStrangers(eventTypes, decoded.event) };
}

/**
 * Leaves out the fields that the schema doesn't know. They would reach MongoDB, which refuses some names, such as
 * those that begin with `$`, and one such record would then block its partition for ever.
 */
function withoutStrangers<Types extends EventType>(
  eventTypes: readonly Types[],
  event: DecodedEvent<Types>,
): DecodedEvent<Types> {
  const schema = eventTypes.find(({ type }) => type === event.type)?.schema;
  if (schema) Value.Clean(schema, event.data);
  return event;
}
