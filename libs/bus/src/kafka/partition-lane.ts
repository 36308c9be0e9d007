import type { AppendRecord } from '../append-record.ts';
import { encodedBytes } from '../record-size.ts';
import { isTransient } from './broker-error.ts';

/** Records that are written together, in one request, as far as their caller still waits for them. */
export interface LaneEntry {
  readonly records: readonly AppendRecord[];
  /** The caller has given up: need not be sent any more. */
  readonly abandoned: () => boolean;
}

interface Waiting extends LaneEntry {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export interface PartitionLaneDeps {
  /** Resolves when the broker has acknowledged all of the records. */
  readonly send: (records: readonly AppendRecord[]) => Promise<void>;
  /** Waits before attempt number n (1 is the first repetition); rejects when the bus is closed. */
  readonly beforeRetry: (attempt: number, error: unknown) => Promise<void>;
  /** What a caller is told of a lasting refusal. */
  readonly refusalOf: (error: unknown) => Error;
  /** Bytes of encoded records that fit into one request. */
  readonly batchRoom: number;
}

function bytesOf(entry: LaneEntry): number {
  return entry.records.reduce((sum, record) => sum + encodedBytes(record), 0);
}

/**
 * Sends what is published to one partition: one request at a time, all that came meanwhile in the next one. So a
 * repeated request can neither overtake nor be overtaken, and many small publishes cost few requests.
 */
export class PartitionLane {
  readonly #deps: PartitionLaneDeps;
  #queue: Waiting[] = [];
  #sending = false;

  constructor(deps: PartitionLaneDeps) {
    this.#deps = deps;
  }

  append(entry: LaneEntry): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...entry, resolve, reject });
      if (!this.#sending) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#sending = true;
    while (this.#queue.length > 0) await this.#sendBatch(this.#nextBatch());
    this.#sending = false;
  }

  #nextBatch(): Waiting[] {
    const batch: Waiting[] = [];
    let room = this.#deps.batchRoom;
    this.#queue = this.#queue.filter((entry) => !entry.abandoned());
    for (const entry of this.#queue) {
      room -= bytesOf(entry);
      if (batch.length > 0 && room < 0) break;
      batch.push(entry);
    }
    this.#queue.splice(0, batch.length);
    return batch;
  }

  async #sendBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#sendUntilDone(batch);
      for (const entry of batch) entry.resolve();
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(this.#deps.refusalOf(error));
      // A refusal is of the whole request: sent one by one, only the record that is to blame is refused.
      else for (const entry of batch) await this.#sendBatch([entry]);
    }
  }

  async #sendUntilDone(batch: readonly Waiting[]): Promise<void> {
    for (let attempt = 1; batch.some((entry) => !entry.abandoned()); attempt += 1) {
      try {
        await this.#deps.send(batch.flatMap(({ records }) => records));
        return;
      } catch (error) {
        if (!isTransient(error)) throw error;
        await this.#deps.beforeRetry(attempt, error);
      }
    }
  }
}
