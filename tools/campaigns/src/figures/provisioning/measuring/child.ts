import type { CampaignRun, Measurement } from '../../../campaign.ts';
import { measures } from './measures.ts';

/** What a measuring process is started with, as JSON. */
export interface Order {
  readonly id: string;
  readonly scale: number;
  readonly seed: number;
}

/** What it says. */
export type Message =
  { readonly progress: string } | { readonly measurement: Measurement } | { readonly failure: string };

const say = (message: Message) =>
  new Promise<void>((resolve) => {
    process.send?.(message, () => resolve());
  });

const { id, scale, seed } = JSON.parse(process.argv[2] ?? '') as Order;
const run: CampaignRun = {
  scale,
  seed,
  part: (full) => Math.max(1, Math.round(full * scale)),
  progress: (text) => void say({ progress: text }),
};
try {
  const measure = measures[id];
  if (!measure) throw new RangeError(`nothing is known of row ${id}`);
  await say({ measurement: await measure(run) });
} catch (error) {
  await say({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
// What was measured may have left timers behind.
process.exit();
