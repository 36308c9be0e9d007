import type { Consumer as KafkajsConsumer, ConsumerCrashEvent } from 'kafkajs';
import { BusError } from '../bus-error.ts';
import type { BusLogger } from '../bus-logger.ts';
import type { Consumer, ConsumerHealth } from '../bus.ts';
import type { BatchWork } from './batch-work.ts';
import type { GroupMembership } from './group-membership.ts';

/** How long kafkajs may take to say why it stopped by itself. */
const crashReportWithinMs = 30_000;

export interface KafkaConsumerDeps {
  readonly groupId: string;
  /** Names on the broker. */
  readonly topics: readonly string[];
  readonly consumer: KafkajsConsumer;
  readonly work: BatchWork;
  readonly membership: GroupMembership;
  readonly stopWithinMs: number;
  /** Aborts the handler that did not finish in time. */
  readonly abort: AbortController;
  readonly onFatal: (error: BusError) => void;
  readonly logger: BusLogger;
}

/** A member of a group on the broker, from joining to leaving. */
export class KafkaConsumer implements Consumer {
  readonly #deps: KafkaConsumerDeps;
  #state: ConsumerHealth['state'] = 'rebalancing';
  #progressAt = Date.now();
  #stopping: Promise<void> | undefined;
  #silent: NodeJS.Timeout | undefined;

  constructor(deps: KafkaConsumerDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    const { consumer, topics, work } = this.#deps;
    this.#listen();
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => work.handle(payload),
    });
  }

  progressed(): void {
    this.#progressAt = Date.now();
  }

  health(): ConsumerHealth {
    const state = this.#state === 'running' && this.#deps.work.paused ? 'paused' : this.#state;
    return { state, lastProgressAt: this.#progressAt };
  }

  /** Whether kafkajs may start the consumer anew after a crash: not when it was told to stop meanwhile. */
  get mayRestart(): boolean {
    return this.#stopping === undefined;
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const { consumer, work, abort, stopWithinMs, groupId, logger } = this.#deps;
    clearTimeout(this.#silent);
    const finished = new AbortController();
    const deadline = new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        logger.warn({ groupId }, 'handler did not finish before the stop deadline');
        resolve();
      }, stopWithinMs);
      finished.signal.addEventListener('abort', () => clearTimeout(timer));
    });
    const disconnected = consumer.disconnect().catch(() => logger.warn({ groupId }, 'consumer did not leave cleanly'));
    await Promise.race([disconnected, deadline]);
    finished.abort();
    abort.abort();
    work.close();
    this.#state = 'stopped';
  }

  #listen(): void {
    const { consumer, membership } = this.#deps;
    const { events } = consumer;
    consumer.on(events.FETCH, () => this.progressed());
    consumer.on(events.REBALANCING, () => this.#moveTo('rebalancing'));
    consumer.on(events.GROUP_JOIN, () => {
      membership.joined();
      clearTimeout(this.#silent);
      this.progressed();
      this.#moveTo('running');
    });
    consumer.on(events.CRASH, (event) => this.#crashed(event));
    consumer.on(events.STOP, () => this.#stoppedByItself());
  }

  #moveTo(state: ConsumerHealth['state']): void {
    if (this.#stopping === undefined && this.#state !== 'dead') this.#state = state;
  }

  #crashed({ payload }: ConsumerCrashEvent): void {
    clearTimeout(this.#silent);
    if (payload.restart) this.#moveTo('rebalancing');
    else this.#die(payload.error);
  }

  /** kafkajs stops a consumer before it reports the crash; if the report never comes, nothing would ever notice. */
  #stoppedByItself(): void {
    if (this.#stopping !== undefined) return;
    this.#silent = setTimeout(() => this.#die(undefined), crashReportWithinMs);
  }

  #die(cause: unknown): void {
    if (this.#stopping !== undefined || this.#state === 'dead') return;
    this.#state = 'dead';
    const { groupId, onFatal } = this.#deps;
    onFatal(new BusError('consumer-dead', `the consumer of group ${groupId} ended for good`, cause));
  }
}
