import { setTimeout as sleep } from 'node:timers/promises';
import type { CampaignRun } from '../../../campaign.ts';

/** What became of requests at a steady rate. */
export interface LoadTally {
  readonly sent: number;
  /** How many a second were sent: fewer than wanted where the machine is busy with something else. */
  readonly perSecond: number;
  /** Those that were answered otherwise than with 200, or not at all. */
  readonly refused: readonly string[];
}

export interface SteadyLoad {
  /** Sends no more, waits for what is under way, and says what became of all. */
  stop(): Promise<LoadTally>;
}

const STEP_MS = 20;
/** No more than these wait for an answer: a machine that can't keep up would only measure its own queue. */
const MOST_UNDER_WAY = 100;

const REQUESTS_A_SECOND = 200;
const FEWEST_A_SECOND = 20;

/** Asks 200 times a second at full size, or as often as is said, whether or not earlier answers have come: as people do. */
export function startLoad(
  run: Pick<CampaignRun, 'part'>,
  ask: () => Promise<number>,
  atFullSize = REQUESTS_A_SECOND,
): SteadyLoad {
  const perSecond = Math.max(run.part(atFullSize), FEWEST_A_SECOND);
  const started = performance.now();
  const underWay = new Set<Promise<void>>();
  const refused: string[] = [];
  let [sent, goesOn] = [0, true];
  const askOnce = async () => {
    sent += 1;
    const status = await ask().catch((error: unknown) => String(error));
    const after = Math.round(performance.now() - started);
    if (status !== 200) refused.push(`answered ${status}, ${after} ms after the start`);
  };
  const elapsed = () => (performance.now() - started) / 1000;
  const running = (async () => {
    while (goesOn) {
      while (sent < elapsed() * perSecond && underWay.size < MOST_UNDER_WAY) {
        const asked = askOnce();
        underWay.add(asked);
        void asked.then(() => underWay.delete(asked));
      }
      await sleep(STEP_MS);
    }
  })();
  return {
    stop: async () => {
      goesOn = false;
      const rate = Math.round(sent / elapsed());
      await running;
      await Promise.all(underWay);
      return { sent, perSecond: rate, refused };
    },
  };
}
