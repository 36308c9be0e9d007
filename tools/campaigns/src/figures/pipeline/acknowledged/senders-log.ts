import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus } from '@learnamp/bus';

export const topic = 'figures.acknowledged';

const organisationOf = (sender: number) => `organisation-${sender % 3}`;

/** By it some of the records are placed. */
export const aSendersOrganisation = organisationOf(0);

/** What senders were told, held against what is in the log. */
export interface Comparison {
  readonly sent: number;
  readonly acknowledged: number;
  /** Acknowledged, and not in the log. */
  readonly lost: number;
  readonly twice: number;
  /** Records that lie before one that the same sender had acknowledged before it sent them. */
  readonly overtaking: number;
}

/** Senders, each of which waits for an acknowledgement before it sends the next record. Every record is unique. */
export class SendersLog {
  readonly #bus: Pick<Bus, 'publish'>;
  readonly #acknowledged = new Set<string>();
  #sent = 0;

  constructor(bus: Pick<Bus, 'publish'>) {
    this.#bus = bus;
  }

  /** Sends the next record of a sender; resolved when it is settled, whatever came of it. */
  async send(sender: number): Promise<void> {
    const value = `${sender}-${(this.#sent += 1)}`;
    const record = { topic, partitionBy: organisationOf(sender), key: String(sender), value: Buffer.from(value) };
    await this.#bus.publish([record]).then(
      () => this.#acknowledged.add(value),
      () => undefined,
    );
  }

  get sent(): number {
    return this.#sent;
  }

  /** Reads the whole log, past whatever stands between the senders and the broker. */
  async compare(direct: Pick<Bus, 'read'>): Promise<Comparison> {
    const found: string[] = [];
    for await (const { value } of direct.read({ topic })) found.push(String(value));
    const first = [...new Set(found)];
    const there = new Set(first);
    return {
      sent: this.#sent,
      acknowledged: this.#acknowledged.size,
      lost: [...this.#acknowledged].filter((value) => !there.has(value)).length,
      twice: found.length - first.length,
      overtaking: overtaking(first),
    };
  }
}

const SENDERS = 6;
const PAUSE_MS = 5;

/** Several send at once, each as soon as its last record is settled, until they are stopped. */
export function startSenders(log: SendersLog): { stop(): Promise<void> } {
  let goesOn = true;
  const senders = Array.from({ length: SENDERS }, async (_, sender) => {
    while (goesOn) {
      await log.send(sender);
      await sleep(PAUSE_MS);
    }
  });
  return {
    stop: async () => {
      goesOn = false;
      await Promise.all(senders);
    },
  };
}

/** By the first of each: a repetition may lie anywhere behind it. */
function overtaking(values: readonly string[]): number {
  const last = new Map<string, number>();
  return values.filter((value) => {
    const [sender = '', number = ''] = value.split('-');
    const before = last.get(sender) ?? 0;
    last.set(sender, Number(number));
    return Number(number) < before;
  }).length;
}
