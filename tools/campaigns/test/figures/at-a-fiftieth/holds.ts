import { expect, it } from '@jest/globals';
import { commands } from '../../../src/commands.ts';
import { runCampaign } from '../../../src/run-campaign.ts';

const quiet = { show: () => undefined, done: () => undefined };

/** That every row of a campaign holds at a fiftieth of its size. Each campaign has a file, so that two run at a time. */
export function holds(name: string): void {
  it(`npm run figures -- ${name} holds at a fiftieth of its size`, async () => {
    const create = commands.figures[name];
    if (!create) throw new Error(`there is no campaign named ${name}`);
    const results = await runCampaign(create(), { scale: 0.02, seed: 1, progress: quiet });

    expect(results.filter(({ ok }) => !ok)).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
  }, 2_400_000);
}
