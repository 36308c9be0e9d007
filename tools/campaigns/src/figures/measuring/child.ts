import type { CampaignRow, CampaignRun, Measurement } from '../../campaign.ts';

/** What a measuring process is asked for. */
export interface Order {
  readonly id: string;
  readonly scale: number;
  readonly seed: number;
  readonly minutes: number | undefined;
}

/** What it says. */
export type Message =
  { readonly progress: string } | { readonly measurement: Measurement } | { readonly failure: string };

/** What is measured for each row, by its id. */
export type Measures = Readonly<Record<string, CampaignRow['measure']>>;

const say = (message: Message) =>
  new Promise<void>((resolve) => {
    process.send?.(message, () => resolve());
  });

const runOf = ({ scale, seed, minutes }: Order): CampaignRun => ({
  scale,
  seed,
  minutes,
  part: (full) => Math.max(1, Math.round(full * scale)),
  progress: (text) => void say({ progress: text }),
});

const { measures } = (await import(process.argv[2] ?? '')) as { readonly measures: Measures };

async function carryOut(order: Order): Promise<Message> {
  try {
    const measure = measures[order.id];
    if (!measure) throw new RangeError(`nothing is known of row ${order.id}`);
    return { measurement: await measure(runOf(order)) };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', (order: Order) => void carryOut(order).then(say));
// What was measured may have left timers behind.
process.on('disconnect', () => process.exit());
