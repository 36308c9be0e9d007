import { expect, it } from '@jest/globals';
import { commands } from '../../src/commands.ts';
import { runCampaign } from '../../src/run-campaign.ts';

const quiet = { show: () => undefined, done: () => undefined };

it.each(Object.entries(commands.figures))(
  'npm run figures -- %s holds at a fiftieth of its size',
  async (_name, create) => {
    const results = await runCampaign(create(), { scale: 0.02, seed: 1, progress: quiet });

    expect(results.filter(({ ok }) => !ok)).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
  },
  1_200_000,
);
