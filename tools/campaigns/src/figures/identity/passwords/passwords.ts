import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { aCompany } from '../stage/company.ts';
import { onStage, type Stage } from '../stage/stage.ts';
import { guess, type Guessing } from './guesses.ts';
import { forms, Trying } from './same-answers.ts';
import { isSame, type Telling, tells } from './same-times.ts';

const GUESSES = 10_000;
/** Enough for every limit to be met, at any scale. */
const FEWEST_GUESSES = 450;
/** At every scale: fewer have no median that one could believe. */
const TRIES = 500;
const ROUNDS = 4;
const TRIES_FOR_A_MISTAKE = 40;

/** Browsers come through a proxy here, so that they may come from anywhere. */
const behindAProxy = { config: { TRUSTED_PROXIES: 'loopback' } };

interface Outcome {
  readonly guessing: readonly Guessing[];
  readonly telling: readonly Telling[];
}

/** What can be learnt of passwords, and of who has one, by trying. */
export function passwords(run: CampaignRun): Promise<Measurement> {
  return onStage(
    undefined,
    async (stage) => {
      const guesses = Math.max(run.part(GUESSES), FEWEST_GUESSES);
      const outcome = await attack(stage, 'passwords', { guesses, count: TRIES, rounds: ROUNDS, run });
      return { measured: describe(outcome), ok: isWell(outcome) };
    },
    behindAProxy,
  );
}

export const passwordsCatch =
  (variant: string): CampaignRow['measure'] =>
  (run) =>
    onStage(
      variant,
      async (stage) => {
        const sizes = { guesses: FEWEST_GUESSES, count: TRIES_FOR_A_MISTAKE, rounds: 1 };
        const outcome = await attack(stage, `passwords-${variant.toLowerCase()}`, { ...sizes, run });
        const noticed = noticedIn(outcome);
        const measured = noticed ?? 'nothing is noticed';
        return { measured, ok: noticed !== undefined && outcome.guessing.every(({ ownerGotIn }) => ownerGotIn) };
      },
      behindAProxy,
    );

interface Sizes {
  readonly guesses: number;
  readonly count: number;
  readonly rounds: number;
  readonly run: CampaignRun;
}

async function attack(stage: Stage, name: string, { guesses, ...sizes }: Sizes): Promise<Outcome> {
  const company = await aCompany(stage, name);
  const guessing = await guess(stage, company, guesses, sizes.run);
  // Later than all that: nobody is throttled for the guesses.
  await stage.pass(16 * 60);
  const trying = await Trying.open(stage, company, sizes.count);
  const telling: Telling[] = [];
  for (const form of forms) telling.push(await tells(stage, trying, form, sizes));
  return { guessing, telling };
}

const isCapped = ({ lookedAt, limit }: Guessing) => lookedAt > 0 && lookedAt <= limit;

const isWell = ({ guessing, telling }: Outcome) =>
  guessing.every((one) => isCapped(one) && one.ownerGotIn) && telling.every(isSame);

/** A difference that chance does not make of a few tries. */
const PLAIN = 0.4;

function noticedIn({ guessing, telling }: Outcome): string | undefined {
  const uncapped = guessing.find((one) => !isCapped(one));
  if (uncapped) return `${uncapped.lookedAt} of ${uncapped.guesses} guesses are looked at: ${uncapped.attack}`;
  const telltale = telling.find(({ answers, difference }) => answers > 1 || difference > PLAIN);
  return telltale && `${telltale.form}: ${describeTelling(telltale)}`;
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

const describeTelling = ({ tries, answers, difference }: Telling) =>
  `${answers === 1 ? 'one answer' : `${answers} answers`}, medians of ${tries} differ by ${percent(difference)}`;

function describe({ guessing, telling }: Outcome): string {
  const looked = guessing.map(({ lookedAt, guesses, attack: how }) => `${lookedAt} of ${guesses} looked at (${how})`);
  const owners = guessing.filter(({ ownerGotIn }) => ownerGotIn).length;
  const told = telling.map((one) => `${one.form}: ${describeTelling(one)}`);
  return [...looked, `the owner got in ${owners} times of ${guessing.length}`, ...told].join('; ');
}
