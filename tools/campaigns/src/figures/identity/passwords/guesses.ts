import type { CampaignRun } from '../../../campaign.ts';
import type { Company } from '../stage/company.ts';
import type { Stage } from '../stage/stage.ts';
import { addressOf, knownPeople, PASSWORD, postFrom } from './known-people.ts';

/** How guesses are spread, and how many of them may be looked at in a quarter of an hour. */
interface Attack {
  readonly name: string;
  readonly limit: number;
  readonly accounts: number;
  readonly addresses: number;
}

const attacks: readonly Attack[] = [
  { name: 'one account from one address', limit: 10, accounts: 1, addresses: 1 },
  { name: 'one account from 1,000 addresses', limit: 10, accounts: 1, addresses: 1_000 },
  { name: '1,000 accounts from one address', limit: 100, accounts: 1_000, addresses: 1 },
];

const AT_ONCE = 20;

export interface Guessing {
  readonly attack: string;
  readonly guesses: number;
  /** Those that a password was compared for. */
  readonly lookedAt: number;
  readonly limit: number;
  /** Whether the owner of the account could sign in, in a browser that has before, in the middle of it. */
  readonly ownerGotIn: boolean;
}

/** Guesses passwords, spread in each of the ways; the accounts are the owner's own, and of people who aren't there. */
export async function guess(stage: Stage, company: Company, count: number, run: CampaignRun): Promise<Guessing[]> {
  const done: Guessing[] = [];
  for (const [number, attack] of attacks.entries()) {
    run.progress(`guessing ${attack.name}`);
    done.push(
      await carryOut(stage, company, attack, { count: Math.ceil(count / attacks.length), first: number * 2_000 }),
    );
  }
  return done;
}

async function carryOut(
  stage: Stage,
  company: Company,
  { name: attack, limit, accounts, addresses }: Attack,
  { count, first }: { readonly count: number; readonly first: number },
): Promise<Guessing> {
  const [owner = ''] = await knownPeople(stage, company, { count: 1, password: true });
  const cookie = await knownBrowser(company, owner, first);
  const tally = { guesses: 0, lookedAt: 0 };
  const one = async () => {
    const number = (tally.guesses += 1);
    const email = number % accounts === 0 ? owner : `ada-${number % accounts}@${company.subdomain}.example`;
    const address = addressOf(first + 1 + (number % addresses));
    const { status } = await postFrom(
      company,
      '/sign-in/password',
      { email, password: `guess ${number}` },
      { address },
    );
    if (status !== 429) tally.lookedAt += 1;
  };
  const untilHalf = async (until: number) => {
    while (tally.guesses < until)
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, until - tally.guesses) }, one));
  };
  await untilHalf(Math.ceil(count / 2));
  const form = { email: owner, password: PASSWORD };
  const { status } = await postFrom(company, '/sign-in/password', form, { address: addressOf(first), cookie });
  await untilHalf(count);
  return { attack, ...tally, limit, ownerGotIn: status === 303 };
}

/** Signs in once; gives the cookie by which the browser is known from then on. */
async function knownBrowser(company: Company, email: string, number: number): Promise<string> {
  const form = { email, password: PASSWORD };
  const { status, setCookies } = await postFrom(company, '/sign-in/password', form, { address: addressOf(number) });
  const [cookie] = setCookies.filter((line) => line.startsWith('__Host-browser=')).map((line) => line.split(';')[0]);
  if (status !== 303 || cookie === undefined) throw new Error(`the owner could not sign in: ${status}`);
  return cookie;
}
