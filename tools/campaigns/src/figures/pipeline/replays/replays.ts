import type { OutgoingRecord } from '@learnamp/bus';
import type { UserState } from '@learnamp/contracts';
import { connectMongo } from '@learnamp/mongo';
import { createLogger } from '@learnamp/service';
import type { Connection } from 'mongoose';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { stateRecord } from '../../identity/stage/states.ts';
import { createDraw, type Draw } from '../../provisioning/simulation/draw.ts';
import { loadAs } from '../stage/load-as.ts';
import { theMongo } from '../stage/the-mongo.ts';
import { streamProblems } from '../states/expected-learners.ts';
import { stateStream } from '../states/state-stream.ts';
import { HandOver } from './hand-over.ts';
import { stateHash } from './state-hash.ts';

const SIZE = { organisations: 12, people: 25, events: 2_000 };
const LEAST_EVENTS = 600;
const SIZE_FOR_A_MISTAKE = { organisations: 3, people: 5, events: 120 };
const REPLAYS = 3;
const SHUFFLES = 200;
const MOST_AT_ONCE = 300;

interface Outcome {
  /** What the log comes to when it is read once, in order, and is not as it should be. */
  readonly problems: readonly string[];
  readonly replays: number;
  readonly shuffles: number;
  /** Replays and shuffles that come to something else. */
  readonly others: readonly string[];
}

/** One log, read again and again, and read with its organisations in other turns: it always comes to the same. */
export async function replays(run: CampaignRun): Promise<Measurement> {
  const size = { ...SIZE, events: Math.max(run.part(SIZE.events), LEAST_EVENTS) };
  const { problems, others, shuffles } = await readAgain(undefined, run, size, run.part(SHUFFLES));
  return {
    measured: `${others.length} of ${REPLAYS} replays and ${shuffles} shuffles differ; ${problems.length} wrong of ${size.events} events`,
    ok: others.length === 0 && problems.length === 0,
    notes: [...others, ...problems].slice(0, 20),
  };
}

export const replaysCatch =
  (variant: string): CampaignRow['measure'] =>
  async (run) => {
    const { others } = await readAgain(variant, run, SIZE_FOR_A_MISTAKE, 3);
    return { measured: others[0] ?? 'nothing is noticed', ok: others.length > 0 };
  };

async function readAgain(
  variant: string | undefined,
  run: CampaignRun,
  size: typeof SIZE,
  shuffles: number,
): Promise<Outcome> {
  const draw = createDraw(run.seed);
  const log = stateStream(draw, size);
  const connection = await connectMongo({ uri: (await theMongo()).uri(), appName: 'figures-replays' });
  try {
    const writer = await startWriter(variant, connection);
    const read = (states: readonly UserState[]) => inBatches(writer, states, draw);
    await read(log);
    const problems = variant === undefined ? await streamProblems(connection, log) : [];
    const once = await stateHash(connection);
    const others: string[] = [];
    const compare = async (what: string) => {
      if ((await stateHash(connection)) !== once) others.push(`${what} comes to something else`);
      run.progress(what);
    };
    for (let replay = 1; replay <= REPLAYS; replay += 1) {
      await read(log);
      await compare(`replay ${replay}`);
    }
    for (let shuffle = 1; shuffle <= shuffles; shuffle += 1) {
      await empty(connection);
      await read(inOtherTurns(log, draw));
      await compare(`shuffle ${shuffle} of ${shuffles}`);
    }
    return { problems, others, replays: REPLAYS, shuffles };
  } finally {
    await connection.dropDatabase();
    await connection.close();
  }
}

async function startWriter(variant: string | undefined, connection: Connection): Promise<HandOver> {
  const { buildApp } = (await loadAs('@learnamp/profile-writer', variant)) as typeof import('@learnamp/profile-writer');
  const bus = new HandOver();
  const standingStill = () => new Date(0);
  await buildApp({ bus, connection, logger: createLogger('figures', 'silent'), clock: standingStill });
  return bus;
}

async function inBatches(writer: HandOver, states: readonly UserState[], draw: Draw): Promise<void> {
  const left: OutgoingRecord[] = states.map(stateRecord);
  while (left.length > 0) await writer.hand(left.splice(0, 1 + draw.below(MOST_AT_ONCE)));
}

/** What is of one organisation keeps its order, as it does in a partition; organisations come in any turns. */
function inOtherTurns(log: readonly UserState[], draw: Draw): UserState[] {
  const queues = new Map<string, UserState[]>();
  for (const state of log) queues.set(state.organisationId, [...(queues.get(state.organisationId) ?? []), state]);
  return draw.shuffled(log).flatMap(({ organisationId }) => queues.get(organisationId)?.shift() ?? []);
}

async function empty({ db }: Connection): Promise<void> {
  const collections = (await db?.collections()) ?? [];
  await Promise.all(collections.map((collection) => collection.deleteMany()));
}
