import { type Browser, createBrowser, KID, startFakeOp } from '@learnamp/testkit';
import { SignJWT } from 'jose';
import type { CampaignRun } from '../../../campaign.ts';
import { aCompany, type Company } from '../stage/company.ts';
import { browsersOf } from '../stage/signed-in.ts';
import { onStage, type Stage } from '../stage/stage.ts';

/** For so long the same unknown keys are not asked for again. */
const COOLDOWN_SECONDS = 60;
const MINUTES_AWAY = 5;
const PEOPLE = 20;

export interface MicrosoftsKeys {
  readonly unknown: number;
  readonly signedInByUnknown: number;
  /** Requests for Microsoft's keys meanwhile, and how many there may be in that time. */
  readonly fetches: number;
  readonly allowed: number;
  /** Whether a key that Microsoft really has begun to use is known once the cooldown is over. */
  readonly newKeyTaken: boolean;
  /** Requests by people with a session while Microsoft is away, and those that were refused. */
  readonly meanwhile: number;
  readonly refused: number;
  /** What a new sign-in is answered then. */
  readonly statusAway: number;
}

/** Tokens that name keys which nobody has; then Microsoft is away altogether. */
export async function microsoftsKeys(
  variant: string | undefined,
  unknown: number,
  run: CampaignRun,
): Promise<MicrosoftsKeys> {
  // Of its own: it goes away.
  const op = await startFakeOp();
  const act = async (stage: Stage) => {
    const company = await aCompany(stage, `microsofts-keys-${(variant ?? 'none').toLowerCase()}`);
    const people = await browsersOf(company, PEOPLE);
    const named = await nameUnknownKeys(stage, company, unknown, run);
    const newKeyTaken = await beginNewKey(stage, company);
    run.progress('Microsoft is away');
    await op.stop();
    return { unknown, ...named, newKeyTaken, ...(await whileAway(stage, company, people)) };
  };
  return onStage(variant, act, { op });
}

const hasSession = ({ home }: Company, browser: Browser) => browser.cookies(new URL(home).host).has('__Host-session');

async function nameUnknownKeys({ op }: Stage, company: Company, count: number, run: CampaignRun) {
  const seen = { fetches: 0, signedInByUnknown: 0 };
  const started = Date.now();
  for (let number = 0; number < count; number += 1) {
    if (number % 50 === 0) run.progress(`${number} of ${count} unknown keys`);
    op.recipe = {
      keys: (keys) => {
        seen.fetches += 1;
        return keys;
      },
      sign: (claims) =>
        new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: `of-nobody-${number}` }).sign(op.signingKey),
    };
    const browser = createBrowser();
    await company.signIn(browser);
    if (hasSession(company, browser)) seen.signedInByUnknown += 1;
  }
  const allowed = 1 + Math.ceil((Date.now() - started) / 1000 / COOLDOWN_SECONDS);
  return { ...seen, allowed };
}

/** Microsoft publishes its key under another id, and signs by that. */
async function beginNewKey(stage: Stage, company: Company): Promise<boolean> {
  const { op } = stage;
  const kid = `${KID}-anew`;
  await stage.pass(COOLDOWN_SECONDS + 1);
  op.recipe = {
    keys: (keys) => keys.map((key) => ({ ...key, kid })),
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(op.signingKey),
  };
  const browser = createBrowser();
  await company.signIn(browser);
  return hasSession(company, browser);
}

async function whileAway(stage: Stage, company: Company, people: readonly Browser[]) {
  const seen = { meanwhile: 0, refused: 0 };
  for (let minute = 0; minute < MINUTES_AWAY; minute += 1) {
    await stage.pass(60);
    for (const browser of people) {
      const { status } = await browser.get(`${company.home}/api/sessions`, { accept: 'application/json' });
      seen.meanwhile += 1;
      if (status !== 200) seen.refused += 1;
    }
  }
  // Later than what was read of the authority is kept: only then is it asked again.
  await stage.pass(3_600);
  const { status: statusAway } = await createBrowser().post(`${company.home}/sign-in/microsoft`);
  return { ...seen, statusAway };
}
