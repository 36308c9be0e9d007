import type { BatchHandler, Bus, BusRecord, ConsumerSpec, OutgoingRecord } from '@learnamp/bus';
import type { SimulatedTime } from '../simulated-time.ts';
import { SimulatedProcess } from '../processes/simulated-process.ts';

/** Asked before and after records are appended; what it throws is what the publisher meets. */
export interface BusFaults {
  readonly before: () => void;
  readonly after: () => void;
  /** Whether an append is repeated, as by a client that never saw the answer. */
  readonly twice: () => boolean;
}

/** A member of a consumer group: the handler, and the process that it runs in. */
interface Member {
  readonly handle: BatchHandler;
  readonly process: SimulatedProcess;
}

interface Group {
  readonly topic: string;
  readonly maxBatch: number;
  offset: number;
  member: Member | undefined;
}

/** What a hand-over came to. */
export type HandedOver = 'nothing' | 'done' | 'failed';

/**
 * A bus of one organisation, whose partition of each topic is a list. It hands records over when it is told to, and
 * moves a group's offset when the handler has decided about all of them, unless that is told to be lost.
 */
export class SimulatedBus {
  readonly #time: SimulatedTime;
  readonly #faults: BusFaults;
  readonly #log = new Map<string, BusRecord[]>();
  readonly #groups = new Map<string, Group>();
  /** What the handlers of processes were given last. */
  readonly #atWork = new Map<SimulatedProcess, Promise<boolean>>();

  constructor(time: SimulatedTime, faults: BusFaults) {
    this.#time = time;
    this.#faults = faults;
  }

  /** Every record of a topic. */
  records(topic: string): readonly BusRecord[] {
    return this.#log.get(topic) ?? [];
  }

  /** The bus as a service of this process sees it. */
  of(process: SimulatedProcess): Bus {
    return {
      ensureTopics: () => Promise.resolve(),
      publish: (records) => process.port(() => this.#publish(records), { kind: 'publish' }),
      consume: (spec) => {
        this.#join(spec, process);
        return Promise.resolve({
          health: () => ({ state: 'running', lastProgressAt: this.#time.now().getTime() }),
          stop: () => Promise.resolve(),
        });
      },
      read: () => {
        throw new Error('nobody reads whole topics here');
      },
      seek: () => Promise.reject(new Error('nobody seeks here')),
      close: () => Promise.resolve(),
    };
  }

  /** Publishes on behalf of nobody in particular. */
  append(records: readonly OutgoingRecord[]): void {
    for (const record of records) this.#append(record);
  }

  isBehind(groupId: string): boolean {
    const group = this.#groups.get(groupId);
    return group !== undefined && group.offset < this.records(group.topic).length;
  }

  groupIds(): string[] {
    return [...this.#groups.keys()];
  }

  /** Resolves when a process has decided about whatever it was given last, even if that is somebody else's by now. */
  async handled(process: SimulatedProcess): Promise<void> {
    await this.#atWork.get(process);
  }

  /**
   * Hands the next records of a group over to its newest member and waits until they are decided about, or until the
   * member dies or stands still. The records come again unless all went well and the commit is not lost.
   */
  async handOver(groupId: string, most: number, commit: 'kept' | 'lost' = 'kept'): Promise<HandedOver> {
    const group = this.#groups.get(groupId);
    const { member } = group ?? {};
    if (!group || !member || member.process.state !== 'running') return 'nothing';
    const records = this.records(group.topic).slice(group.offset, group.offset + Math.min(most, group.maxBatch));
    if (records.length === 0) return 'nothing';
    const handled = await this.#handledBy(member, records);
    if (!handled || group.member !== member) return 'failed';
    if (commit === 'kept') group.offset += records.length;
    return 'done';
  }

  #join({ groupId, topics: [topic = ''], handle, maxBatch = 500 }: ConsumerSpec, process: SimulatedProcess): void {
    const offset = this.#groups.get(groupId)?.offset ?? 0;
    this.#groups.set(groupId, { topic, maxBatch, offset, member: { handle, process } });
  }

  #publish(records: readonly OutgoingRecord[]): Promise<void> {
    return new Promise((resolve) => {
      this.#faults.before();
      this.append(records);
      if (this.#faults.twice()) this.append(records);
      this.#faults.after();
      resolve();
    });
  }

  #append({ topic, key, value, headers = {} }: OutgoingRecord): void {
    const log = this.#log.get(topic) ?? [];
    this.#log.set(topic, log);
    log.push({
      topic,
      partition: 0,
      offset: BigInt(log.length),
      key: Buffer.from(key),
      value,
      headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)])),
      timestamp: this.#time.now().getTime(),
    });
  }

  /** True when the handler decided about the records; false when it failed, or its process stopped in the middle. */
  async #handledBy({ handle, process }: Member, records: readonly BusRecord[]): Promise<boolean> {
    const context = { signal: new AbortController().signal, heartbeat: () => Promise.resolve() };
    let forget: (() => void) | undefined;
    // Before it is given anything: it may stop at once.
    const stopped = new Promise<boolean>((resolve) => {
      forget = process.onStop(() => resolve(false));
    });
    const work = process
      .run(() => handle(records, context))
      .then(
        () => true,
        () => false,
      );
    this.#atWork.set(process, work);
    const handled = await Promise.race([work, stopped]);
    forget?.();
    return handled;
  }
}
