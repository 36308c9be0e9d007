import { type Browser, createBrowser } from '@learnamp/testkit';
import fc from 'fast-check';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { aCompany, type Company } from '../stage/company.ts';
import { onStage, type Stage } from '../stage/stage.ts';

const MIXES = 1_000;

/** How many wrong mixes a mistake gets to be found in. */
const MIXES_FOR_A_MISTAKE = 400;

/** Sign-ins that two browsers have begun at each of two organisations. */
const FLOWS = 4;

/** Whose each part of an answer is; undefined where it is left out. */
interface Mix {
  readonly state: number;
  readonly code: number;
  readonly cookie: number | undefined;
  /** Whose issuer the answer names. */
  readonly issuer: number | undefined;
  /** At whose home it ends. */
  readonly home: number;
}

const flow = fc.nat(FLOWS - 1);
const mixes: fc.Arbitrary<Mix> = fc.record({
  state: flow,
  code: flow,
  cookie: fc.option(flow, { nil: undefined, freq: 8 }),
  issuer: fc.option(flow, { nil: undefined, freq: 2 }),
  home: flow,
});

const organisationOf = (of: number) => of % 2;

/** Right: everything is of one sign-in; flows of one organisation share its issuer and its home. */
const isRight = ({ state, code, cookie, issuer, home }: Mix) =>
  code === state &&
  cookie === state &&
  organisationOf(home) === organisationOf(state) &&
  (issuer === undefined || organisationOf(issuer) === organisationOf(state));

/** One part of a right mix, or several, are somebody else's. */
const wrongMixes = (count: number, seed: number): Mix[] =>
  fc.sample(
    fc.oneof(nearlyRight, mixes).filter((mix) => !isRight(mix)),
    { seed, numRuns: count },
  );

const nearlyRight = fc
  .record({ all: flow, part: fc.constantFrom('state', 'code', 'cookie', 'issuer', 'home'), other: flow })
  .map(({ all, part, other }): Mix => ({ state: all, code: all, cookie: all, issuer: all, home: all, [part]: other }));

const rightMix = (of: number): Mix => ({ state: of, code: of, cookie: of, issuer: undefined, home: of });

export function wrongAnswers(run: CampaignRun): Promise<Measurement> {
  return onStage(undefined, async (stage) => {
    const wrong = wrongMixes(run.part(MIXES), run.seed);
    const companies = await twoCompanies(stage, 'mix');
    const sessions = await sessionsBy(stage, companies, wrong, run, Infinity);
    const right = Array.from({ length: Math.max(FLOWS, Math.ceil(wrong.length / 20)) }, (_, of) =>
      rightMix(of % FLOWS),
    );
    const signedIn = await sessionsBy(stage, companies, right, run, Infinity);
    return {
      measured: `${sessions.length} sessions of ${wrong.length} wrong mixes; ${signedIn.length} of ${right.length} right ones`,
      ok: sessions.length === 0 && signedIn.length === right.length,
      notes: sessions.map((mix) => JSON.stringify(mix)),
    };
  });
}

export const wrongAnswersCatch =
  (variant: string): CampaignRow['measure'] =>
  (run) =>
    onStage(variant, async (stage) => {
      const companies = await twoCompanies(stage, `mix-${variant.toLowerCase()}`);
      const wrong = wrongMixes(MIXES_FOR_A_MISTAKE, run.seed);
      const [found] = await sessionsBy(stage, companies, wrong, run, 1);
      const signedIn = await sessionsBy(stage, companies, [rightMix(0)], run, 1);
      const measured = found ? `a session by mix ${wrong.indexOf(found) + 1}: ${JSON.stringify(found)}` : 'no session';
      return { measured, ok: found !== undefined && signedIn.length === 1 };
    });

const twoCompanies = (stage: Stage, name: string) =>
  Promise.all([aCompany(stage, `${name}-a`), aCompany(stage, `${name}-b`)]);

/** The mixes that ended with a session, until there are `enough` of them. */
async function sessionsBy(
  stage: Stage,
  companies: readonly [Company, Company],
  wanted: readonly Mix[],
  run: CampaignRun,
  enough: number,
): Promise<Mix[]> {
  const found: Mix[] = [];
  for (const [number, mix] of wanted.entries()) {
    if (number % 50 === 0) run.progress(`${number} of ${wanted.length} mixes`);
    if (await makesSession(stage, companies, mix)) found.push(mix);
    if (found.length >= enough) break;
  }
  return found;
}

/** Begins all sign-ins, and answers one of them with parts of several. */
async function makesSession(stage: Stage, companies: readonly [Company, Company], mix: Mix): Promise<boolean> {
  const companyOf = (of: number) => companies[organisationOf(of) === 0 ? 0 : 1];
  const flows = await Promise.all(Array.from({ length: FLOWS }, (_, of) => begun(stage, companyOf(of))));
  const browser = createBrowser();
  const callback = new URL(`${stage.central}/auth/callback`);
  callback.searchParams.set('state', flows[mix.state]?.state ?? '');
  callback.searchParams.set('code', flows[mix.code]?.code ?? '');
  if (mix.issuer !== undefined) callback.searchParams.set('iss', stage.op.issuerOf(companyOf(mix.issuer).tenantId));
  const handOver = new URL((await browser.get(callback.href)).location);
  const { host } = new URL(companyOf(mix.home).home);
  const cookie = mix.cookie === undefined ? undefined : flows[mix.cookie]?.cookie;
  if (cookie !== undefined) browser.cookies(host).set('__Host-sign-in', cookie);
  if (handOver.pathname === '/auth/complete') handOver.host = host;
  await browser.get(handOver.href);
  return (await Promise.all(companies.map((company) => isSignedIn(browser, company)))).includes(true);
}

async function begun({ op }: Stage, company: Company) {
  const browser = createBrowser();
  const callback = new URL(op.authorize(await company.begin(browser), { ...company.person }));
  return {
    state: callback.searchParams.get('state') ?? '',
    code: callback.searchParams.get('code') ?? '',
    cookie: browser.cookies(new URL(company.home).host).get('__Host-sign-in'),
  };
}

async function isSignedIn(browser: Browser, { home, person }: Company): Promise<boolean> {
  if (browser.cookies(new URL(home).host).has('__Host-session')) return true;
  return (await browser.get(`${home}/`)).body.includes(person.name);
}
