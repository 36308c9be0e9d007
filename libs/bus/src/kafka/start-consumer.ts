import type { Consumer as KafkajsConsumer, RetryOptions } from 'kafkajs';
import type { AppendRecord } from '../append-record.ts';
import type { ConsumerSpec } from '../bus.ts';
import { defaultBackOff } from '../delivery/back-off.ts';
import { BatchWork } from './batch-work.ts';
import { GroupMembership } from './group-membership.ts';
import type { KafkaBusOptions } from './kafka-bus-options.ts';
import { consumerRetry } from './kafka-client.ts';
import { KafkaConsumer } from './kafka-consumer.ts';

const defaultMaxBatch = 500;
const defaultStopWithinMs = 20_000;

export interface StartConsumerDeps {
  /** A kafkajs consumer of the group, not connected yet. */
  readonly create: (retry: RetryOptions) => KafkajsConsumer;
  readonly appendDeadLetters: (records: readonly AppendRecord[]) => Promise<void>;
}

/** Joins the group and begins to deliver. */
export async function startConsumer(
  options: KafkaBusOptions,
  spec: ConsumerSpec,
  deps: StartConsumerDeps,
): Promise<KafkaConsumer> {
  const { topicPrefix = '', logger, onFatal } = options;
  const abort = new AbortController();
  const membership = new GroupMembership(abort.signal);
  const work = new BatchWork({
    groupId: spec.groupId,
    handle: spec.handle,
    appendDeadLetters: deps.appendDeadLetters,
    maxBatch: spec.maxBatch ?? defaultMaxBatch,
    backOff: options.backOff ?? defaultBackOff,
    membership,
    topicOf: (name) => name.slice(topicPrefix.length),
    progressed: () => consumer.progressed(),
    logger,
    ...(options.observer ? { observer: options.observer } : {}),
  });
  const consumer: KafkaConsumer = new KafkaConsumer({
    groupId: spec.groupId,
    topics: spec.topics.map((topic) => `${topicPrefix}${topic}`),
    consumer: deps.create({ ...consumerRetry, restartOnFailure: () => Promise.resolve(consumer.mayRestart) }),
    work,
    membership,
    stopWithinMs: options.stopWithinMs ?? defaultStopWithinMs,
    abort,
    onFatal,
    logger,
  });
  await startOrLeave(consumer);
  return consumer;
}

/** A consumer that could not start must not come up later by itself. */
async function startOrLeave(consumer: KafkaConsumer): Promise<void> {
  try {
    await consumer.start();
  } catch (error) {
    await consumer.stop();
    throw error;
  }
}
