import { randomUUID } from 'node:crypto';
import type { Static, TSchema } from 'typebox';
import { satisfies, violations } from './validator.ts';

/** One type of event: its CloudEvents `type` (the last part is the major version), its schema and its topic. */
export interface EventType<Schema extends TSchema = TSchema> {
  readonly type: string;
  readonly topic: string;
  readonly schema: Schema;
}

/** What a service publishes: the bytes and headers of one CloudEvent, ready for the bus. */
export interface EncodedEvent {
  readonly topic: string;
  readonly partitionBy: string;
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export interface EventContext {
  /** The organisation the event is about: its partition, in every topic. */
  readonly organisationId: string;
  /** The record's key, for compaction. */
  readonly key: string;
  /** The service that speaks, such as `directory-sync`. */
  readonly source: string;
  readonly time: Date;
}

/** The data doesn't satisfy its own schema: a bug of the sender, found before anything is published. */
export class InvalidEventError extends Error {
  readonly code = 'invalid-event';
  readonly retriable = false;

  constructor(type: string, paths: readonly string[]) {
    super(`an event of type ${type} is not as its schema says at ${paths.join(', ')}`);
    this.name = 'InvalidEventError';
  }
}

/**
 * Encodes an event in the Kafka protocol binding's binary content mode: attributes as `ce_` headers, data as the value
 * (CloudEvents 1.0, Kafka protocol binding section 3.2).
 * @throws InvalidEventError when the data doesn't satisfy the schema.
 */
export function encodeEvent<Schema extends TSchema>(
  eventType: EventType<Schema>,
  data: Static<Schema>,
  context: EventContext,
): EncodedEvent {
  if (!satisfies(eventType.schema, data)) {
    throw new InvalidEventError(eventType.type, violations(eventType.schema, data));
  }
  return {
    topic: eventType.topic,
    partitionBy: context.organisationId,
    key: context.key,
    value: Buffer.from(JSON.stringify(data)),
    headers: {
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: randomUUID(),
      ce_source: `/learnamp/${context.source}`,
      ce_type: eventType.type,
      ce_time: context.time.toISOString(),
    },
  };
}
