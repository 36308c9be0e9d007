import type { Campaign, CampaignRow, CampaignRun, Measurement } from '../campaign.ts';
import { checkHistories, type Failure, type Tally } from './emulator/check-histories.ts';
import { mistakes, type Mistake } from './emulator/mistakes.ts';

const HISTORIES = 10_000;

/** How many histories a mistake gets to be found in. */
const HISTORIES_FOR_A_MISTAKE = 1_000;

/** Whether delta links lead to what a fresh read shows. */
export function emulatorFigures(): Campaign {
  return {
    about: 'whether delta links lead to what a fresh read shows',
    packages: ['fast-check'],
    rows: [walksEndRight, ...mistakes.map(isCaught)],
  };
}

const walksEndRight: CampaignRow = {
  id: 'D1',
  claim: 'random writes, then any walk of any delta link: the state that a fresh read shows',
  target: `0 of ${count(HISTORIES)} histories differ`,
  async measure(run) {
    const tally = await checkHistories({
      seed: run.seed,
      count: run.part(HISTORIES),
      shrink: true,
      onHistory: showProgress(run, run.part(HISTORIES)),
    });
    return { measured: describe(tally), ok: tally.failure === undefined, notes: explain(tally.failure) };
  },
};

function isCaught(mistake: Mistake): CampaignRow {
  return {
    id: mistake.id,
    claim: `the histories catch ${mistake.says}`,
    target: 'caught',
    async measure(run): Promise<Measurement> {
      // Whoever looks at fewer histories still wants to know whether they would notice.
      const most = HISTORIES_FOR_A_MISTAKE;
      const { histories, failure } = await checkHistories({
        seed: run.seed,
        count: most,
        mistake,
        onHistory: showProgress(run, most),
      });
      if (failure === undefined) return { measured: `not in ${count(most)} histories`, ok: false };
      return { measured: `caught in history ${count(histories)} (seed ${failure.seed})`, ok: true };
    },
  };
}

function showProgress(run: CampaignRun, of: number): (number: number) => void {
  return (number) => {
    if (number % 50 === 0) run.progress(`${count(number)} of ${count(of)} histories`);
  };
}

function describe({ histories, deltaRequests, lagging, walks, failure }: Tally): string {
  const size = `${count(walks)} walks, ${count(deltaRequests)} delta requests, ${count(lagging)} to lagging replicas`;
  const differ = failure === undefined ? '0 differ' : `seed ${failure.seed} differs`;
  return `${differ} in ${count(histories)} histories (${size})`;
}

function explain(failure: Failure | undefined): string[] {
  if (failure === undefined) return [];
  const { seed, history, differences } = failure;
  return [
    `again: npm run figures -- emulator --only D1 --scale 0.0001 --seed ${seed}`,
    ...differences.slice(0, 20),
    'the smallest history that shows it:',
    ...JSON.stringify(history, undefined, 1).split('\n'),
  ];
}

function count(number: number): string {
  return number.toLocaleString('en-GB');
}
