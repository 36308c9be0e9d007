import { Buffer } from 'node:buffer';
import type { AppendRecord } from '../append-record.ts';
import type { BusRecord, TopicSpec } from '../bus.ts';
import { describeError } from './describe-error.ts';

const suffix = '.dead-letters';
const maxReasonLength = 500;

/** The topic that keeps what a consumer of this topic could not use. */
export function deadLetterTopicOf(topic: string): string {
  return `${topic}${suffix}`;
}

export const isDeadLetterTopic = (topic: string): boolean => topic.endsWith(suffix);

function deadLetterSpecOf(topic: TopicSpec): TopicSpec {
  // The source's own settings stay behind: compaction would throw away all but the last dead letter of a key.
  return {
    name: deadLetterTopicOf(topic.name),
    partitions: topic.partitions,
    config: { ...topic.deadLetterConfig, 'cleanup.policy': 'delete' },
  };
}

/**
 * Every topic with the topic of its dead letters, which has as many partitions. Dead letters have none of their own,
 * and a topic of dead letters that is given in the list is taken as given.
 */
export function withDeadLetterTopics(topics: readonly TopicSpec[]): TopicSpec[] {
  const given = new Set(topics.map(({ name }) => name));
  const derived = topics
    .filter(({ name }) => !isDeadLetterTopic(name) && !given.has(deadLetterTopicOf(name)))
    .map(deadLetterSpecOf);
  return [...topics, ...derived];
}

export interface DeadLetterCause {
  readonly reason: string;
  readonly error?: unknown;
  readonly groupId: string;
  /** How often the record was handed to the handler by this process, this time included. */
  readonly attempts: number;
}

/** The record as it was, in the same partition of the dead letters, with where it lay and why it is here in headers. */
export function deadLetterOf(record: BusRecord, cause: DeadLetterCause): AppendRecord {
  const facts = {
    topic: record.topic,
    partition: String(record.partition),
    offset: String(record.offset),
    timestamp: String(record.timestamp),
    reason: cause.reason.slice(0, maxReasonLength),
    error: describeError(cause.error),
    group: cause.groupId,
    attempts: String(cause.attempts),
  };
  const ours = Object.entries(facts).map(([name, value]) => [`x-dead-letter-${name}`, Buffer.from(value)] as const);
  return {
    topic: deadLetterTopicOf(record.topic),
    partition: record.partition,
    key: record.key,
    value: record.value,
    headers: { ...record.headers, ...Object.fromEntries(ours) },
  };
}
