import { type Browser, createBrowser, exchange } from '@learnamp/testkit';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { aCompany, type Company } from '../stage/company.ts';
import { onStage, type Stage } from '../stage/stage.ts';
import { tamperedTokens, wayNames } from './tampered-tokens.ts';

const TOKENS = 10_000;

/** How many tampered tokens a mistake gets to be found by. */
const TOKENS_FOR_A_MISTAKE = 100;

/** As many as come between two requests with the good token. */
const BETWEEN = 50;

interface Tally {
  readonly taken: readonly string[];
  readonly sent: number;
  /** Requests with the good token that were answered, of how many. */
  readonly good: number;
  readonly goodSent: number;
}

export function sessionTokens(run: CampaignRun): Promise<Measurement> {
  return onStage(undefined, async (stage) => {
    // At least three of each way.
    const count = Math.max(run.part(TOKENS), 3 * wayNames.length);
    const { taken, sent, good, goodSent } = await send(stage, 'tokens', count, run);
    return {
      measured: `${taken.length} of ${sent} are taken, by ${wayNames.length} ways; the good one ${good} times of ${goodSent}`,
      ok: taken.length === 0 && good === goodSent,
      notes: taken,
    };
  });
}

export const sessionTokensCatch =
  (variant: string): CampaignRow['measure'] =>
  (run) =>
    onStage(variant, async (stage) => {
      const { taken, good, goodSent } = await send(stage, `tokens-${variant.toLowerCase()}`, TOKENS_FOR_A_MISTAKE, run);
      const measured = taken.length > 0 ? `${taken.length} are taken, such as ${taken[0]}` : 'none is taken';
      return { measured, ok: taken.length > 0 && good === goodSent };
    });

async function send(stage: Stage, name: string, count: number, run: CampaignRun): Promise<Tally> {
  const [company, other] = await Promise.all([aCompany(stage, name), aCompany(stage, `${name}-other`)]);
  const [token, othersToken] = await Promise.all([tokenOf(company), tokenOf(other)]);
  const tampering = { token, othersToken, signingKey: stage.keys.signing, seed: run.seed };
  const tokens = await tamperedTokens(tampering, count);
  const taken: string[] = [];
  const tally = { sent: tokens.length, good: 0, goodSent: 0 };
  for (const [number, tampered] of tokens.entries()) {
    if (number % BETWEEN === 0) {
      run.progress(`${number} of ${tokens.length} tokens`);
      tally.goodSent += 1;
      tally.good += (await statusWith(company, token)) === 200 ? 1 : 0;
    }
    const status = await statusWith(company, tampered.token);
    if (status !== 401) taken.push(`${tampered.what} (${status})`);
  }
  return { ...tally, taken };
}

async function tokenOf(company: Company): Promise<string> {
  const browser: Browser = createBrowser();
  await company.signIn(browser);
  return browser.cookies(new URL(company.home).host).get('__Host-session') ?? '';
}

/** With this cookie alone: a refresh token would bring a new access token. */
async function statusWith({ home }: Company, token: string): Promise<number> {
  const headers = { host: new URL(home).host, cookie: `__Host-session=${token}` };
  return (await exchange('GET', `${home}/api/sessions`, headers)).status;
}
