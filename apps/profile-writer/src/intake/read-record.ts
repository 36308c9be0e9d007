import type { BusRecord, Outcome } from '@learnamp/bus';
import { type DecodedEvent, decodeEvent, type EventType } from '@learnamp/contracts';
import { knownOnly } from './known-only.ts';

/** A record as an event, or what becomes of it without being applied. */
export type Reading<Types extends EventType> =
  { readonly event: DecodedEvent<Types> } | { readonly outcome: Exclude<Outcome, { kind: 'done' }> };

/** Reads a record. Whatever it holds, this never throws: what can't be applied goes to the dead letters. */
export function readRecord<Types extends EventType>(eventTypes: readonly Types[], record: BusRecord): Reading<Types> {
  // Compaction's own tombstone: the key is to be forgotten, and nothing is said about the person.
  if (record.value === null) return { outcome: { kind: 'skip', reason: 'compaction tombstone' } };
  const decoded = decodeEvent(eventTypes, record);
  if (!decoded.ok) return { outcome: { kind: 'dead-letter', reason: decoded.reason } };
  return { event: { ...decoded.event, data: knownOnly(schemaOf(eventTypes, decoded.event.type), decoded.event.data) } };
}

const schemaOf = (eventTypes: readonly EventType[], type: string) =>
  eventTypes.find((candidate) => candidate.type === type)?.schema ?? {};
