import type { Place } from '../histories/run-history.ts';
import type { Draw } from '../simulation/draw.ts';
import type { Interference } from '../simulation/graph/interference.ts';
import { type Break, drawBreak } from './breaks.ts';
import { harmOf } from './harm.ts';
import { ReadCompany } from './read-company.ts';

/** Readings of one company, one after the other. */
const READS_A_COMPANY = 40;

export interface BreaksTally {
  readonly broken: number;
  readonly deactivated: number;
  readonly blanked: number;
  /** People who had left and were deactivated by the whole readings afterwards. */
  readonly leavers: number;
  /** Whole readings after which learners are not what the directory has. */
  readonly inexact: number;
  readonly notes: readonly string[];
}

export interface CheckBreaksOptions {
  readonly seed: number;
  readonly count: number;
  /** How readings break: in any way unless given. */
  readonly draw?: (draw: Draw) => Break;
  /** Whether the first harm ends the check. */
  readonly untilHarm?: boolean;
  /** What else befalls a broken reading. */
  readonly besides?: (broken: Interference) => Interference;
  readonly progress: (broken: number) => void;
}

/** Breaks so many readings, each followed by a whole one. Readings that never come to the place aren't counted. */
export async function checkBreaks(place: Place, options: CheckBreaksOptions): Promise<BreaksTally> {
  const tally = { broken: 0, deactivated: 0, blanked: 0, leavers: 0, inexact: 0, notes: [] as string[] };
  const isOver = () => tally.broken >= options.count || (options.untilHarm === true && tally.deactivated > 0);
  for (let company = 0; !isOver(); company += 1) {
    const seed = (options.seed + company) % 2 ** 31;
    const read = await ReadCompany.open(place, seed);
    for (let reads = 0; reads < READS_A_COMPANY && !isOver(); reads += 1) {
      options.progress(tally.broken);
      await breakOne(read, tally, { where: `company ${seed}, reading ${reads + 1}`, ...options });
    }
    read.close();
  }
  return tally;
}

async function breakOne(
  company: ReadCompany,
  tally: { -readonly [Name in keyof BreaksTally]: Name extends 'notes' ? string[] : number },
  options: Pick<CheckBreaksOptions, 'besides' | 'draw'> & { readonly where: string },
): Promise<void> {
  const { where, draw = drawBreak, besides = (broken) => broken } = options;
  const broken = draw(company.world.draw);
  const before = await company.learners();
  await company.change();
  await company.readWith(broken.reading, besides(broken));
  if (broken.met() === 0) return;
  const { deactivated, blanked } = harmOf(before, await company.learners(), company.expected());
  await company.readWhole();
  const differences = await company.differences();

  const after = await company.learners();
  tally.broken += 1;
  tally.deactivated += deactivated.length;
  tally.blanked += blanked.length;
  tally.leavers += [...before].filter(([id, was]) => was.active && after.get(id)?.active !== true).length;
  if (differences.length > 0) tally.inexact += 1;
  const wrong = [...deactivated, ...blanked, ...differences.map((line) => `after the whole reading: ${line}`)];
  if (wrong.length > 0) tally.notes.push(`${where}: ${broken.says}`, ...wrong.slice(0, 5));
}
