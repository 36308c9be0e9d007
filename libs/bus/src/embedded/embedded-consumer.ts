import type { BusLogger } from '../bus-logger.ts';
import type { Consumer, ConsumerHealth, ConsumerSpec, HandlerContext } from '../bus.ts';
import type { Turns } from './turns.ts';

const defaultMaxBatch = 500;

export interface EmbeddedConsumerDeps {
  readonly spec: ConsumerSpec;
  readonly turns: Turns;
  readonly now: () => number;
  /** The group that the consumer leaves when it stops: its partitions go to the others, or rest. */
  readonly group: { leave(consumer: EmbeddedConsumer): void; left(): void };
  /** Resolves when the stopping consumer may wait no longer for its handler. */
  readonly stopDeadline: (signal: AbortSignal) => Promise<void>;
  readonly logger: BusLogger;
}

/** One member of a consumer group. Its partitions take turns, so its handler runs once at a time. */
export class EmbeddedConsumer implements Consumer {
  readonly spec: ConsumerSpec;
  readonly maxBatch: number;
  readonly turns: Turns;
  /** What the handler is given; aborted when stopping has waited long enough. */
  readonly context: HandlerContext;
  /** Partitions that wait after a failure. */
  readonly paused = new Set<string>();
  readonly #deps: EmbeddedConsumerDeps;
  readonly #abort = new AbortController();
  #progressAt: number;
  #stopping: Promise<void> | undefined;
  #state: 'running' | 'stopped' | 'dead' = 'running';

  constructor(deps: EmbeddedConsumerDeps) {
    this.#deps = deps;
    this.spec = deps.spec;
    this.turns = deps.turns;
    this.maxBatch = deps.spec.maxBatch ?? defaultMaxBatch;
    this.#progressAt = deps.now();
    this.context = { signal: this.#abort.signal, heartbeat: () => this.#heartbeat() };
  }

  #heartbeat(): Promise<void> {
    this.progressed();
    return Promise.resolve();
  }

  progressed(): void {
    this.#progressAt = this.#deps.now();
  }

  health(): ConsumerHealth {
    // Without work there is nothing to get stuck in: an idle consumer is up to date at any time.
    const lastProgressAt = this.turns.taken ? this.#progressAt : this.#deps.now();
    const state = this.#state === 'running' && this.paused.size > 0 ? 'paused' : this.#state;
    return { state, lastProgressAt };
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  /** Ends the consumer after a failure of the bus itself. */
  die(): void {
    this.#state = 'dead';
  }

  async #stop(): Promise<void> {
    this.#deps.group.leave(this);
    const finished = new AbortController();
    // The turn is handed on at once: partitions that waited for it notice that they have moved to another member.
    const idle = this.turns.take().then(() => this.turns.give());
    const deadline = this.#deps.stopDeadline(finished.signal).then(
      () => this.#giveUp(),
      () => undefined,
    );
    await Promise.race([idle, deadline]);
    finished.abort();
    this.#deps.group.left();
    this.#state = 'stopped';
  }

  #giveUp(): void {
    this.#abort.abort();
    this.#deps.logger.warn({ groupId: this.spec.groupId }, 'handler did not finish before the stop deadline');
  }
}
