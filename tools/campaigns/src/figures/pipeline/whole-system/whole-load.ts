import { setTimeout as sleep } from 'node:timers/promises';
import { learnerModel } from '@learnamp/learners';
import type { CampaignRun } from '../../../campaign.ts';
import { waitFor } from '../../identity/leaks/wait-for.ts';
import { browsersOf } from '../../identity/stage/signed-in.ts';
import { stateRecord } from '../../identity/stage/states.ts';
import { type SteadyLoad, startLoad } from '../../identity/stage/steady-load.ts';
import { expectedPeople } from '../../provisioning/oracle/expected-people.ts';
import { createDraw } from '../../provisioning/simulation/draw.ts';
import { createGraphSender, keptConnections, newIds } from '../ingest/graph-sender.ts';
import { stateStream } from '../states/state-stream.ts';
import type { Surroundings } from './surroundings.ts';
import { TitleChanges } from './title-changes.ts';

/** Of each door, at full size, where nothing else is said. */
const REQUESTS_A_SECOND = 100;
const VISITORS = 20;
const STATES_A_SECOND = 20;

const UNAVAILABLE = 503;
const SENT_AGAIN_AFTER_MS = 1_000;

/** What was asked of the system, and what it said. */
export interface LoadOutcome {
  readonly requests: number;
  readonly perSecond: number;
  /** Requests that were not answered as they should be, a line each. */
  readonly failed: readonly string[];
  /** Notifications that were asked for once more, and taken then; none at full size, where they have failed. */
  readonly sentAgain: number;
  /** Objects of which notifications tell that were answered 202. */
  readonly accepted: ReadonlySet<string>;
  /** The title that each person has in the directory in the end. */
  readonly titles: ReadonlyMap<string, string>;
}

export interface WholeLoad {
  stop(): Promise<LoadOutcome>;
}

/** Posts notifications as Graph does, of objects that nothing else tells of. */
export function startNotifying(
  run: Pick<CampaignRun, 'part' | 'scale'>,
  { fronts, keys }: Surroundings,
  perSecondWanted = REQUESTS_A_SECOND,
): WholeLoad {
  const accepted = new Set<string>();
  const sender = createGraphSender({ port: fronts.get('webhook-ingest')?.port ?? 0, keys });
  let sentAgain = 0;
  const again = async (ids: readonly string[]) => {
    sentAgain += 1;
    await sleep(SENT_AGAIN_AFTER_MS);
    return sender.post(ids);
  };
  const post = async () => {
    const ids = newIds(1);
    const first = await sender.post(ids);
    // A test shares its machine, and a broker that gets no time is away. Graph would send again what was answered so.
    const status = first === UNAVAILABLE && run.scale < 1 ? await again(ids) : first;
    if (status !== 202) return status;
    for (const id of ids) accepted.add(id);
    return 200;
  };
  const load = startLoad(run, post, perSecondWanted);
  return {
    stop: async () => {
      const { sent: requests, perSecond, refused } = await load.stop();
      sender.close();
      const failed = refused.map((one) => `a notification was ${one}`);
      return { requests, perSecond, failed, sentAgain, accepted, titles: new Map() };
    },
  };
}

/** All that the system does at once: notifications, people who are signed in, a directory that changes, and states. */
export async function startWholeLoad(
  run: CampaignRun,
  system: Surroundings,
  perSecondWanted = REQUESTS_A_SECOND,
): Promise<WholeLoad> {
  await everybodyIsThere(system);
  const visits = await startVisiting(run, system, perSecondWanted);
  const notifying = startNotifying(run, system, perSecondWanted);
  const titles = new TitleChanges(system);
  const states = startPublishing(run, system);
  return {
    stop: async () => {
      await titles.stop();
      await states.stop();
      const [visited, notified] = [await visits.stop(), await notifying.stop()];
      return {
        ...notified,
        requests: visited.sent + notified.requests + titles.sent,
        perSecond: visited.perSecond + notified.perSecond,
        failed: [...visited.refused.map((one) => `a visitor was ${one}`), ...notified.failed, ...titles.failed],
        titles: titles.last,
      };
    },
  };
}

/** directory-sync reads a new company by itself. */
const everybodyIsThere = ({ connection, company, directory, microsoft }: Surroundings) => {
  const expected = expectedPeople(microsoft.emulator.directory, directory.rootGroupId ?? '').size;
  const who = { organisationId: company.id, 'sources.microsoft.personId': { $ne: company.person.oid } };
  const isThere = async () => (await learnerModel(connection).countDocuments(who)) === expected;
  return waitFor('everybody of the directory is a learner', isThere);
};

async function startVisiting(
  run: CampaignRun,
  { company }: Surroundings,
  perSecondWanted: number,
): Promise<SteadyLoad> {
  const agent = keptConnections();
  const browsers = await browsersOf(company, VISITORS, agent);
  const draw = createDraw(run.seed);
  const ask = async () =>
    (await draw.from(browsers)?.get(`${company.home}/api/sessions`, { accept: 'application/json' }))?.status ?? 0;
  const load = startLoad(run, ask, perSecondWanted);
  return {
    stop: async () => {
      const tally = await load.stop();
      agent.destroy();
      return tally;
    },
  };
}

/** States of other companies than the one that has a directory, as directory-sync publishes them. */
function startPublishing({ seed }: CampaignRun, { bus }: Surroundings): { stop(): Promise<void> } {
  let goesOn = true;
  const flow = async () => {
    const draw = createDraw(seed);
    for (;;) {
      for (const state of stateStream(draw, { organisations: 8, people: 10, events: 2_000 })) {
        if (!goesOn) return;
        await bus.publish([stateRecord(state)]);
        await sleep(1_000 / STATES_A_SECOND);
      }
    }
  };
  const flowing = flow();
  return {
    stop: async () => {
      goesOn = false;
      await flowing;
    },
  };
}
