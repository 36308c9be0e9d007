import kafkajs, { type Kafka, type LogEntry, type RetryOptions } from 'kafkajs';
import type { BusLogger } from '../bus-logger.ts';
import { loadRequestQueueClass, patchIdleTimer } from './idle-timer-patch.ts';
import type { KafkaBusOptions, PublishPatience } from './kafka-bus-options.ts';

/** Short, because whoever uses it repeats the whole call; several, because each attempt may try another broker. */
export const shortRetry: RetryOptions = { retries: 3, initialRetryTime: 100, maxRetryTime: 300 };

/**
 * About 15 s. Then kafkajs starts the consumer anew, which also finds a new group coordinator; retrying for ever would
 * stay with the old one.
 */
export const consumerRetry: RetryOptions = { retries: 15, initialRetryTime: 100, maxRetryTime: 1_500 };

/** What kafkajs may log beside its sentence. Everything else could hold what a record says. */
const loggedFields = ['groupId', 'memberId', 'broker', 'clientId', 'topic', 'partition', 'retryCount', 'retryTime'];

function logTo(logger: BusLogger): (entry: LogEntry) => void {
  return ({ namespace, level, log }) => {
    const fields = Object.fromEntries(loggedFields.filter((name) => name in log).map((name) => [name, log[name]]));
    // kafkajs calls an error what it then retries; what the bus cannot cure, the bus logs and reports itself. A single
    // answer that was no success is told again, with its meaning, by whoever asked.
    const worth = level <= kafkajs.logLevel.WARN && namespace !== 'Connection';
    const write = worth ? logger.warn : logger.debug;
    write.call(logger, { ...fields, namespace }, `kafkajs: ${log.message}`);
  };
}

/** How long a client waits for a connection and for an answer, in milliseconds. */
export interface ClientLimits {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
}

const patientLimits: ClientLimits = { connectionTimeout: 10_000, requestTimeout: 30_000 };

/** No request outlives the patience of who asked, so that the first publish after an outage finds the line free. */
export function publishLimits(patience: PublishPatience): ClientLimits {
  if (patience === 'until-closed') return patientLimits;
  return {
    connectionTimeout: Math.min(patientLimits.connectionTimeout, patience.giveUpAfterMs),
    requestTimeout: Math.min(patientLimits.requestTimeout, patience.giveUpAfterMs),
  };
}

/**
 * A kafkajs client. Each producer, admin and consumer gets one of its own: consumers of one client share a cache of
 * committed offsets by group id, and two members of a group would overwrite each other's. `retry` is also how long the
 * client looks for a group's coordinator, which a fresh broker doesn't have at once; not finding it ends a consumer.
 */
export function createKafkaClient(options: KafkaBusOptions, limits = patientLimits, retry = shortRetry): Kafka {
  patchIdleTimer(loadRequestQueueClass());
  return new kafkajs.Kafka({
    ...options.connection,
    ...limits,
    brokers: [...options.brokers],
    clientId: options.clientId,
    retry,
    logLevel: kafkajs.logLevel.INFO,
    logCreator: () => logTo(options.logger),
  });
}
