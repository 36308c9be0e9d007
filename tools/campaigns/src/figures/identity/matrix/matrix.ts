import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { nameOf, type Route } from '../stage/routes.ts';
import { onStage, type Stage } from '../stage/stage.ts';
import { standIn } from '../stage/stand-in.ts';
import { ask, type Places } from './ask.ts';
import { expectationOf, table } from './table.ts';
import { aPlace } from './visitors.ts';

const ORGANISATIONS = 20;

/** What was wrong, and how many requests were sent. */
interface Tally {
  readonly wrong: string[];
  requests: number;
}

interface Size {
  readonly name: string;
  /** How many organisations. */
  readonly count: number;
  /** How many wrong answers end it. */
  readonly enough: number;
}

/** Every route of the router, by everybody, at every organisation. */
export function crossOrganisation(run: CampaignRun): Promise<Measurement> {
  return onStage(undefined, async (stage) => {
    const { wrong, requests } = await askAll(
      stage,
      { name: 'm', count: run.part(ORGANISATIONS), enough: Infinity },
      run,
    );
    const unlisted = stage.routes.filter((route) => !expectationOf(route)).map(nameOf);
    const gone = Object.keys(table).filter((name) => !stage.routes.some((route) => nameOf(route) === name));
    return {
      measured: `${wrong.length} of ${requests} differ; ${stage.routes.length} routes, ${unlisted.length} of them not listed`,
      ok: wrong.length + unlisted.length + gone.length === 0,
      notes: [
        ...unlisted.map((name) => `not listed: ${name}`),
        ...gone.map((name) => `listed, and no route: ${name}`),
        ...wrong.slice(0, 60),
      ],
    };
  });
}

const isNoHead = ({ method }: Route) => method !== 'HEAD';

/** A gateway with a mistake answers some request otherwise. */
export const crossOrganisationCatches =
  (variant: string): CampaignRow['measure'] =>
  (run) =>
    onStage(variant, async (stage) => {
      const name = variant.toLowerCase();
      const { wrong, requests } = await askAll(
        { ...stage, routes: stage.routes.filter(isNoHead) },
        { name, count: 1, enough: 1 },
        run,
      );
      const [first] = wrong;
      const measured = first === undefined ? `none of ${requests} differs` : `in ${requests} requests: ${first}`;
      // Those before it were answered as they should be.
      return { measured, ok: first !== undefined && requests > 50 };
    });

/** At so many organisations, each with another one beside it. */
async function askAll(stage: Stage, { name, count, enough }: Size, run: CampaignRun): Promise<Tally> {
  standIn(stage.bus, stage.connection);
  const tally: Tally = { wrong: [], requests: 0 };
  const places = await Promise.all(Array.from({ length: count + 1 }, (_, number) => aPlace(stage, `${name}${number}`)));
  for (const [number, place] of places.slice(1).entries()) {
    run.progress(`${number} of ${count} organisations`);
    await askAt(stage, { place, other: places[number] ?? place }, tally, enough);
  }
  return tally;
}

async function askAt(stage: Stage, places: Places, tally: Tally, enough: number): Promise<void> {
  const isUntouched = await places.other.bystander();
  for (const route of stage.routes) {
    const expectation = expectationOf(route);
    if (!expectation || tally.wrong.length >= enough) continue;
    const { wrong, requests } = await ask(stage, route, expectation, places);
    tally.wrong.push(...wrong);
    tally.requests += requests;
  }
  // What somebody asked of another organisation has come to nothing there.
  const { subdomain } = places.other.company;
  if (!(await isUntouched())) tally.wrong.push(`a session at ${subdomain} was ended from elsewhere`);
}
