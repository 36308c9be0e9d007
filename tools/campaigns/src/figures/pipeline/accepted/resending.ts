import { setTimeout as sleep } from 'node:timers/promises';
import { createGraphSender, type GraphSender, newIds } from '../ingest/graph-sender.ts';
import type { RunningIngest } from '../ingest/running-ingest.ts';

const LANES = 8;
const MOST_IN_ONE = 5;
/** So that a full-size run lasts as long as its kills. */
const PAUSE_MS = 150;
const BACK_OFF_MS = { first: 100, most: 2_000 };

/** Sends without end, as Graph does: what was not answered 202 is sent again, later and later. */
export class Resending {
  readonly sent = new Set<string>();
  readonly accepted = new Set<string>();
  /** Requests that were not answered 202. */
  resent = 0;
  readonly #sender: GraphSender;
  readonly #lanes: Promise<unknown>;
  #atLeast = Infinity;

  constructor(ingest: RunningIngest) {
    this.#sender = createGraphSender(ingest);
    this.#lanes = Promise.all(Array.from({ length: LANES }, (_, lane) => this.#lane(1 + (lane % MOST_IN_ONE))));
    // Looked at when it is finished.
    this.#lanes.catch(() => undefined);
  }

  /** Goes on until so many have been sent, and until all of them are accepted. */
  async finish(atLeast: number): Promise<void> {
    this.#atLeast = atLeast;
    await this.#lanes;
    this.#sender.close();
  }

  async #lane(inOne: number): Promise<void> {
    while (this.sent.size < this.#atLeast) {
      const ids = newIds(inOne);
      for (const id of ids) this.sent.add(id);
      await this.#untilAccepted(ids);
      await sleep(PAUSE_MS);
    }
  }

  async #untilAccepted(ids: readonly string[]): Promise<void> {
    let pause = BACK_OFF_MS.first;
    // Nothing to be waited for is an answer too: whoever is killed gives none.
    while ((await this.#sender.post(ids).catch(() => 0)) !== 202) {
      this.resent += 1;
      await sleep(pause);
      pause = Math.min(pause * 2, BACK_OFF_MS.most);
    }
    for (const id of ids) this.accepted.add(id);
  }
}
