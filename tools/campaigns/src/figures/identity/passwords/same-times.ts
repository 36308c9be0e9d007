import type { CampaignRun } from '../../../campaign.ts';
import { median } from '../../measuring/percentile.ts';
import type { Stage } from '../stage/stage.ts';
import type { Form, Tries, Trying } from './same-answers.ts';

/** The medians may differ by so much. */
const SHARE = 0.05;
/** A window of the throttle and a little more. */
const WINDOW_SECONDS = 16 * 60;

export interface Telling {
  readonly form: string;
  readonly tries: number;
  /** Different answers, of all kinds of addresses. */
  readonly answers: number;
  /** By how much the median of a kind differs from that of unknown addresses, at most: 0.01 is one in a hundred. */
  readonly difference: number;
}

export interface TellingOptions {
  /** Tries of each kind in a round. */
  readonly count: number;
  /** So many rounds at most. */
  readonly rounds: number;
  readonly run: CampaignRun;
}

export const isSame = ({ answers, difference }: Telling): boolean => answers === 1 && difference < SHARE;

/**
 * Whether a form tells who has an account, by what it answers and by how long that takes. Where the medians of a round differ,
 * more rounds are added to it: chance evens out by that, and what the service does differently stays.
 */
export async function tells(stage: Stage, trying: Trying, form: Form, options: TellingOptions): Promise<Telling> {
  let all: Tries[] = [];
  for (let round = 1; ; round += 1) {
    options.run.progress(`${form.name}: ${options.count} tries of each kind, round ${round}`);
    all = merged(all, await trying.try(form, options.count));
    const telling = tellingOf(form, all);
    if (round >= options.rounds || telling.answers > 1 || isSame(telling)) return telling;
    await stage.pass(WINDOW_SECONDS);
  }
}

function merged(before: readonly Tries[], round: readonly Tries[]): Tries[] {
  return round.map(({ kind, ms, answers }, index) => ({
    kind,
    ms: [...(before[index]?.ms ?? []), ...ms],
    answers: new Set([...(before[index]?.answers ?? []), ...answers]),
  }));
}

function tellingOf(form: Form, all: readonly Tries[]): Telling {
  const medians = all.map(({ ms }) => median(ms));
  const unknown = medians.at(-1) ?? 0;
  return {
    form: form.name,
    tries: all[0]?.ms.length ?? 0,
    answers: new Set(all.flatMap(({ answers }) => [...answers])).size,
    difference: Math.max(...medians.map((one) => Math.abs(one - unknown) / unknown)),
  };
}
