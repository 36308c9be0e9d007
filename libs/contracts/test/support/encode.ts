import { encodeEvent, type EncodedEvent, type EncodedRecord, type EventType } from '../../src/index.ts';

/** An event as a sender would encode it; data that breaks the schema is encoded too, as by another sender. */
export function encoded(eventType: EventType, data: unknown): EncodedEvent {
  const context = { organisationId: 'acme', key: 'acme:1', source: 'a-test', time: new Date('2026-11-23T12:00:00Z') };
  return encodeEvent(eventType, data, context);
}

/** What a consumer gets of a published event: header values are bytes. */
export function received({ value, headers }: Pick<EncodedEvent, 'value' | 'headers'>): EncodedRecord {
  return {
    value,
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)])),
  };
}

/** A record of the given type that any sender may have written. */
export const recordOf = (type: string | undefined, value: Buffer | null): EncodedRecord => ({
  value,
  headers: type === undefined ? {} : { ce_type: Buffer.from(type) },
});

export const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
