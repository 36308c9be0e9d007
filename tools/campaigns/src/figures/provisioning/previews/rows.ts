import type { CampaignRow, CampaignRun } from '../../../campaign.ts';
import type { Variant } from '../../variants/change-module.ts';
import { checkInChild } from './in-child.ts';
import { mistakes } from './mistakes.ts';

const PREVIEWS = 500;

/** How many previews a mistake gets to be found in. */
const PREVIEWS_FOR_A_MISTAKE = 20;

const isTold: CampaignRow = {
  id: 'W1',
  claim:
    'a preview of a random company says of each person what the full run after it does, and changes nothing itself',
  target: `0 of ${PREVIEWS} differ`,
  async measure(run) {
    const count = run.part(PREVIEWS);
    const { previews, rows, outcomes, failures } = await checkInChild(
      { seed: run.seed, count, failures: 5 },
      progressOf(run, count),
    );
    const measured = `${failures.length} of ${previews} differ (${rows} people told of: ${outcomes.join(', ')})`;
    const notes = failures.flatMap(({ seed, differences }) => [`seed ${seed}`, ...differences.slice(0, 10)]);
    return { measured, ok: failures.length === 0 && rows > 0, notes };
  },
};

const isCaught = (mistake: Variant): CampaignRow => ({
  id: mistake.id,
  claim: `previews are found out in services that ${mistake.says}`,
  target: 'found out',
  async measure(run) {
    const options = { seed: run.seed, count: PREVIEWS_FOR_A_MISTAKE, failures: 1, mistake: mistake.id };
    const { previews, failures } = await checkInChild(options, progressOf(run, PREVIEWS_FOR_A_MISTAKE));
    const [caught] = failures;
    if (!caught) return { measured: `not in ${previews} previews`, ok: false };
    return { measured: `found out in preview ${previews}: ${caught.differences[0]}`, ok: true };
  },
});

const progressOf = (run: CampaignRun, of: number) => (number: number) => run.progress(`${number} of ${of} previews`);

/** Whether previews are true, and whether it would show if they were not. */
export const previews: readonly CampaignRow[] = [isTold, ...mistakes.map(isCaught)];
