import type { CampaignRun, Measurement } from '../../../campaign.ts';
import { inSimulation } from '../simulation/in-simulation.ts';
import { absenceAsProof } from './absence-as-proof.ts';
import { drawShortList } from './breaks.ts';
import { type BreaksTally, checkBreaks } from './check-breaks.ts';

const READS = 2_000;

/** How many readings it may take until services whose proofs are worth nothing are found out. */
const WITHOUT_PROOF = 200;

/** Readings that break somewhere, while people really leave; and the same where nothing but the list speaks for people. */
export function brokenReads(run: CampaignRun): Promise<Measurement> {
  return inSimulation(async (place) => {
    const { seed } = run;
    const count = run.part(READS);
    const tally = await checkBreaks(place, {
      ...{ seed, count },
      progress: (broken) => run.progress(`${broken} of ${count} broken readings`),
    });
    const unproved = await checkBreaks(place, {
      ...{ seed, count: WITHOUT_PROOF, draw: drawShortList, besides: absenceAsProof, untilHarm: true },
      progress: (broken) => run.progress(`${broken} broken readings without proofs`),
    });
    return { measured: describe(tally, unproved), ok: isWell(tally) && unproved.deactivated > 0, notes: tally.notes };
  });
}

const isWell = ({ deactivated, blanked, inexact, leavers }: BreaksTally) =>
  deactivated + blanked + inexact === 0 && leavers > 0;

function describe({ broken, deactivated, blanked, inexact, leavers }: BreaksTally, unproved: BreaksTally): string {
  return (
    `${broken} broken: ${deactivated} deactivated, ${blanked} fields blanked; ${leavers} leavers, ${inexact} whole ` +
    `readings inexact; where absence is proof, ${unproved.deactivated} deactivated by number ${unproved.broken}`
  );
}
