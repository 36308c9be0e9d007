import { type Answer, createBrowser } from '@learnamp/testkit';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { aCompany, type Company } from '../stage/company.ts';
import { onStage, type Stage } from '../stage/stage.ts';
import { staysAt } from './judges.ts';
import { nastyPaths, plainPaths } from './paths.ts';

const PATHS = 5_000;

/** Where a sign-in that was begun for a path leads in the end, and where the home page's form says that it would. */
interface Ends {
  readonly path: string;
  readonly location: string;
  readonly offered: string;
}

/** Any path is asked for; whoever signs in stays at home. Plain ones are honoured. */
export function returnPaths(run: CampaignRun): Promise<Measurement> {
  return onStage(undefined, async (stage) => {
    const count = run.part(PATHS);
    const company = await aCompany(stage, 'return-paths');
    const [leaving, asked] = await endsElsewhere(stage, company, nastyPaths(count, run.seed), run, Infinity);
    const plain = plainPaths(Math.ceil(count / 10), run.seed);
    const lost = await lostPaths(stage, company, plain);
    return {
      measured: `${leaving.length} of ${asked} leave; ${plain.length - lost.length} of ${plain.length} plain ones are honoured`,
      ok: leaving.length + lost.length === 0,
      notes: [...leaving, ...lost.map((path) => `not honoured: ${path}`)],
    };
  });
}

/** A gateway with a mistake sends somebody elsewhere before long. */
export const returnPathsCatch =
  (variant: string): CampaignRow['measure'] =>
  (run) =>
    onStage(variant, async (stage) => {
      const company = await aCompany(stage, `return-paths-${variant.toLowerCase()}`);
      const [leaving, asked] = await endsElsewhere(stage, company, nastyPaths(500, run.seed), run, 1);
      const lost = await lostPaths(stage, company, ['/courses?page=2']);
      const measured = leaving.length > 0 ? `path ${asked}: ${leaving[0]}` : `no path of ${asked} leaves`;
      return { measured, ok: leaving.length > 0 && lost.length === 0 };
    });

/** What was wrong, and how many were asked until there were `enough` of it. */
async function endsElsewhere(
  stage: Stage,
  company: Company,
  paths: readonly string[],
  run: CampaignRun,
  enough: number,
): Promise<[string[], number]> {
  const found: string[] = [];
  for (const [number, path] of paths.entries()) {
    if (number % 100 === 0) run.progress(`${number} of ${paths.length} return paths`);
    const { location, offered } = await endsOf(stage, company, path);
    const leaves = [location, offered].filter((end) => !staysAt(company.home, end));
    if (leaves.length > 0) found.push(`${JSON.stringify(path)} leads to ${JSON.stringify(leaves[0])}`);
    if (found.length >= enough) return [found, number + 1];
  }
  return [found, paths.length];
}

async function lostPaths(stage: Stage, company: Company, paths: readonly string[]): Promise<string[]> {
  const ends: Ends[] = [];
  for (const path of paths) ends.push(await endsOf(stage, company, path));
  return ends.filter(({ path, location, offered }) => location !== path || offered !== path).map(({ path }) => path);
}

async function endsOf({ op }: Stage, company: Company, path: string): Promise<Ends> {
  const browser = createBrowser();
  const page = await browser.get(`${company.home}/?${new URLSearchParams({ returnTo: path }).toString()}`);
  const back = await browser.get(op.authorize(await company.begin(browser, { returnTo: path }), { ...company.person }));
  const ended = await browser.get(back.location);
  return { path, location: rawLocation(ended), offered: offeredBy(page) };
}

function rawLocation({ status, headers }: Answer): string {
  if (status !== 303 || headers.location === undefined) throw new Error(`the sign-in ended with ${status}`);
  return headers.location;
}

/** The form's hidden field, as a browser reads it; `/` where there is none. */
function offeredBy({ body }: Answer): string {
  const value = /name="returnTo" value="([^"]*)"/.exec(body)?.[1] ?? '/';
  const entities: Readonly<Record<string, string>> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
  };
  return value.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity);
}
