import type { BatchHandler, Bus, BusRecord, OutgoingRecord } from '@learnamp/bus';

/** A bus in name only: whoever starts a service with it hands records to its handlers, in any order. */
export class HandOver implements Bus {
  readonly #handlers = new Map<string, BatchHandler>();
  readonly #signal = new AbortController().signal;

  consume: Bus['consume'] = ({ topics, handle }) => {
    for (const topic of topics) this.#handlers.set(topic, handle);
    const health = () => ({ state: 'running', lastProgressAt: Date.now() }) as const;
    return Promise.resolve({ health, stop: () => Promise.resolve() });
  };

  /** @throws Error when one of them is not applied. */
  async hand(records: readonly OutgoingRecord[]): Promise<void> {
    const [first] = records;
    const handle = this.#handlers.get(first?.topic ?? '');
    const context = { signal: this.#signal, heartbeat: () => Promise.resolve() };
    const outcomes = (await handle?.(records.map(asRead), context)) ?? [];
    const refused = outcomes.find(({ kind }) => kind === 'dead-letter');
    if (refused || outcomes.length !== records.length) throw new Error('a record was not applied');
  }

  ensureTopics = () => Promise.resolve();
  publish = () => Promise.reject(new Error('nothing is published here'));
  seek = () => Promise.resolve();
  close = () => Promise.resolve();
  async *read(): AsyncGenerator<BusRecord> {}
}

const asRead = ({ topic, key, value, headers = {} }: OutgoingRecord, index: number): BusRecord => ({
  ...{ topic, partition: 0, offset: BigInt(index), timestamp: 0 },
  key: Buffer.from(key),
  value,
  headers: Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, Buffer.from(header)])),
});
