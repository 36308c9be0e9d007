import { groupActive } from '../refusals.ts';
import type { EmbeddedConsumer } from './embedded-consumer.ts';
import { PartitionRunner, type RunnerDeps } from './partition-runner.ts';

/** The members of one group and who of them has which partition. */
export class ConsumerGroup {
  readonly #groupId: string;
  readonly #deps: RunnerDeps;
  readonly #runners = new Map<string, PartitionRunner>();
  readonly #members: EmbeddedConsumer[] = [];
  #leaving = 0;

  constructor(deps: RunnerDeps, groupId: string) {
    this.#deps = deps;
    this.#groupId = groupId;
  }

  /** A member that is still finishing its last batch counts: it may yet move an offset. */
  get memberCount(): number {
    return this.#members.length + this.#leaving;
  }

  checkInactive(): void {
    if (this.memberCount > 0) throw groupActive(this.#groupId);
  }

  join(member: EmbeddedConsumer): void {
    this.#members.push(member);
    this.#share();
  }

  /** Takes the member's partitions away; the member calls `left` when it has finished. */
  leave(member: EmbeddedConsumer): void {
    this.#members.splice(this.#members.indexOf(member), 1);
    this.#leaving += 1;
    this.#share();
  }

  left(): void {
    this.#leaving -= 1;
  }

  /** Tells whoever consumes the partition that it has grown. */
  wake(topic: string, partition: number): void {
    this.#runners.get(`${topic}/${partition}`)?.wake();
  }

  /** Partitions of a topic go round the members that subscribe to it. */
  #share(): void {
    const partitionCounts = this.#deps.store.topics();
    const topics = new Set(this.#members.flatMap(({ spec }) => spec.topics));
    for (const runner of this.#runners.values()) {
      if (!topics.has(runner.place.topic)) runner.assign(undefined);
    }
    for (const topic of topics) {
      const subscribers = this.#members.filter(({ spec }) => spec.topics.includes(topic));
      for (let partition = 0; partition < (partitionCounts.get(topic) ?? 0); partition += 1) {
        this.#runnerOf(topic, partition).assign(subscribers[partition % subscribers.length]);
      }
    }
  }

  #runnerOf(topic: string, partition: number): PartitionRunner {
    const name = `${topic}/${partition}`;
    const known = this.#runners.get(name);
    if (known !== undefined) return known;
    const onFatal = (error: unknown): void => this.#fail(error);
    const place = { groupId: this.#groupId, topic, partition };
    const runner = new PartitionRunner({ ...this.#deps, onFatal }, place);
    this.#runners.set(name, runner);
    return runner;
  }

  #fail(error: unknown): void {
    for (const member of this.#members) member.die();
    this.#deps.onFatal(error);
  }
}
