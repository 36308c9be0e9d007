import type { CampaignRun, Measurement } from '../../../campaign.ts';
import type { Place } from '../histories/run-history.ts';
import { createDraw } from '../simulation/draw.ts';
import { inSimulation } from '../simulation/in-simulation.ts';
import { drawMassChange } from './mass-change.ts';
import { runMassChange } from './run-mass-change.ts';

const OVER = 300;
/**
 * Seeds that have found mistakes, looked at again at every scale: a removal that was on its way to profile-writer was counted
 * twice (29), and the rest of held additions passed once some of them were approved (92).
 */
const ONCE_WRONG = [29, 92];
/** Mass changes under the limit, which happen by themselves. */
const UNDER = 50;

interface Tally {
  early: number;
  held: number;
  approved: number;
  readonly notes: string[];
}

/** Mass changes over a limit: nobody before approval, exactly the approved afterwards. Under it, everybody at once. */
export function massChanges(run: CampaignRun): Promise<Measurement> {
  return inSimulation(async (place) => {
    const [over, under] = [run.part(OVER), run.part(UNDER)];
    const seeds = [...seedsOf(run, over), ...ONCE_WRONG];
    const tally = await changeOften(place, run, { seeds, isOver: true });
    const twin = await changeOften(place, run, { seeds: seedsOf(run, under), isOver: false });
    const unlimited = await withoutLimits(place, run);
    const notes = [...tally.notes, ...twin.notes];
    const measured =
      `${seeds.length} over a limit: ${tally.early} of ${tally.held} changed before approval, ${tally.approved} after it; ` +
      `${under} under it: ${twin.held} held; ${notes.length} differ; where no limit is in force, ${unlimited} changed early`;
    const ok = tally.early + twin.held + notes.length === 0 && tally.held > 0 && tally.approved > 0 && unlimited > 0;
    return { measured, ok, notes };
  });
}

const seedsOf = ({ seed }: CampaignRun, count: number) =>
  Array.from({ length: count }, (_, number) => (seed + number) % 2 ** 31);

async function changeOften(
  place: Place,
  run: CampaignRun,
  { seeds, isOver }: { readonly seeds: readonly number[]; readonly isOver: boolean },
): Promise<Tally> {
  const tally: Tally = { early: 0, held: 0, approved: 0, notes: [] };
  for (const [number, seed] of seeds.entries()) {
    run.progress(`${number} of ${seeds.length} ${isOver ? 'over' : 'under'} a limit`);
    const change = drawMassChange(createDraw(seed), isOver);
    const { early, held, approved, differences } = await runMassChange(change, place, seed);
    tally.early += early;
    tally.held += held;
    tally.approved += approved;
    if (differences.length > 0) tally.notes.push(`seed ${seed} ${JSON.stringify(change)}: ${differences.join('; ')}`);
  }
  return tally;
}

/** How many change early for services that hold nobody: what the comparison has to see. */
async function withoutLimits(place: Place, { seed }: CampaignRun): Promise<number> {
  const change = drawMassChange(createDraw(seed), true);
  const { early } = await runMassChange(change, place, seed, { share: 1, small: 1000, number: null });
  return early;
}
