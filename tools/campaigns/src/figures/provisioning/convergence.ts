import type { CampaignRow, CampaignRun } from '../../campaign.ts';
import type { Failure, Tally } from './histories/check-histories.ts';
import type { Histories } from './histories/in-child.ts';

const HISTORIES = 1_000;

/** Whether histories end as the directory says. */
export const convergence = (histories: Histories): CampaignRow => ({
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
