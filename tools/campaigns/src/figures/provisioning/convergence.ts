import type { CampaignRow, CampaignRun } from '../../campaign.ts';
import type { Failure, Tally } from './histories/check-histories.ts';
import type { Histories } from './histories/in-child.ts';
import { type SeededVariant, variants } from './variants/variants.ts';

const HISTORIES = 1_000;

/** How many histories a mistake gets to be found in. */
const HISTORIES_FOR_A_MISTAKE = 200;

/** Whether histories end as the directory says, and whether they would show if they did not. */
export function convergence(histories: Histories): CampaignRow[] {
  return [ends(histories), ...variants.map((variant) => isCaught(histories, variant))];
}

const ends = (histories: Histories): CampaignRow => ({
  id: 'D1',
  claim:
    'random histories and whatever goes wrong: users, managers, teams, photos and active flags as the directory has them',
  target: `0 of ${count(HISTORIES)} histories differ`,
  async measure(run) {
    const size = run.part(HISTORIES);
    const tally = await histories.check({
      seed: run.seed,
      count: size,
      failures: 5,
      shrink: false,
      onHistory: showProgress(run, size),
    });
    const { failures } = tally;
    return { measured: describe(tally), ok: failures.length === 0, notes: failures.flatMap(explain) };
  },
});

const isCaught = (histories: Histories, variant: SeededVariant): CampaignRow => ({
  id: variant.id,
  claim: `the histories catch services that ${variant.says}`,
  target: 'caught, in a history that the services themselves pass',
  async measure(run) {
    // Whoever looks at fewer histories still wants to know whether they would notice, and begins where it is known.
    const seed = run.scale < 1 ? variant.seed : run.seed;
    const most = HISTORIES_FOR_A_MISTAKE;
    const options = { count: most, failures: 1, shrink: false, onHistory: showProgress(run, most) };
    const tally = await histories.check({ ...options, seed }, variant.id);
    const [caught] = tally.failures;
    if (!caught) return { measured: `not in ${count(most)} histories`, ok: false };
    const twin = await histories.check({ ...options, count: 1, seed: caught.seed });
    const measured = `caught in history ${count(tally.histories)} (seed ${caught.seed}): ${caught.differences[0]}`;
    return { measured, ok: twin.failures.length === 0, notes: twin.failures.flatMap(explain) };
  },
});

function showProgress(run: CampaignRun, of: number): (number: number) => void {
  return (number) => {
    if (number % 10 === 0) run.progress(`${count(number)} of ${count(of)} histories`);
  };
}

function describe({ histories, people, deaths, graphRequests, failures }: Tally): string {
  const size = `${count(people)} people, ${count(deaths)} processes died or stood still, ${count(graphRequests)} requests`;
  return `${failures.length} differ in ${count(histories)} histories (${size})`;
}

function explain({ seed, differences, history }: Failure): string[] {
  return [
    `again: npm run figures -- provisioning --only D1 --scale 0.001 --seed ${seed}`,
    ...differences.slice(0, 10),
    JSON.stringify(history),
  ];
}

function count(number: number): string {
  return number.toLocaleString('en-GB');
}
