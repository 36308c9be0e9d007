import type { KafkaConfig } from 'kafkajs';
import type { BusError } from '../bus-error.ts';
import type { BusLogger } from '../bus-logger.ts';
import type { BackOff } from '../delivery/back-off.ts';
import type { BusObserver } from '../observer.ts';
import type { OperatorBus } from '../operating.ts';

/**
 * How long a publish keeps trying when brokers do not answer: until the bus is closed, or for so many milliseconds,
 * after which it rejects with BusError `bus-unavailable`.
 */
export type PublishPatience = 'until-closed' | { readonly giveUpAfterMs: number };

export interface KafkaBusOptions {
  /** `host:port` of some of the brokers. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly publish: PublishPatience;
  readonly logger: BusLogger;
  readonly observer?: BusObserver;
  /** Called when a consumer ended for good; the process should end, so that it is started again. */
  readonly onFatal: (error: BusError) => void;
  /** TLS, login and, where brokers are reached by a detour, how to open a socket; in kafkajs's words. */
  readonly connection?: Pick<KafkaConfig, 'ssl' | 'sasl' | 'socketFactory'>;
  /** Put before every topic and group id on the broker, so that several systems can share one. Records do not show it. */
  readonly topicPrefix?: string;
  /** Replicas of topics that `ensureTopics` creates; of three and more all but one must have a record. Default 1. */
  readonly replicationFactor?: number;
  /** Largest record batch the topics accept (`max.message.bytes`). Default 1,048,588, Kafka's own. */
  readonly maxRecordBytes?: number;
  /** Waiting times of a partition whose handler threw. Default 200 ms up to 30 s. */
  readonly backOff?: BackOff;
  /** After this silence the group takes a member's partitions away. Default 30,000; brokers allow 6,000 and more. */
  readonly sessionTimeoutMs?: number;
  /** How long a stopping consumer waits for its handler before it aborts the handler's signal. Default 20,000. */
  readonly stopWithinMs?: number;
}

/** A bus that takes a while to reach its brokers. */
export interface BrokerBus extends OperatorBus {
  /**
   * Reaches the brokers now, so that the first record to one of these topics doesn't wait for it.
   * @throws BusError, `bus-unavailable` when patience ends; what is published then reaches them by itself.
   */
  prepare(topics: readonly string[], patience: PublishPatience): Promise<void>;
}
