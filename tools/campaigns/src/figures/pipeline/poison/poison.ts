import { type BusRecord, deadLetterTopicOf, type OutgoingRecord } from '@learnamp/bus';
import { topics, type UserState } from '@learnamp/contracts';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { waitFor } from '../../identity/leaks/wait-for.ts';
import { stateRecord } from '../../identity/stage/states.ts';
import { createDraw, type Draw } from '../../provisioning/simulation/draw.ts';
import { learnerProblems, streamProblems } from '../states/expected-learners.ts';
import { publishSteadily } from '../states/publish-steadily.ts';
import { stateStream } from '../states/state-stream.ts';
import { onWriters, type RunningWriters } from '../writers/running-writers.ts';
import { poisons } from './poisons.ts';

const EVENTS = 50_000;
const LEAST_EVENTS = 500;
const EVENTS_FOR_A_MISTAKE = 200;
/** Of a hundred events, one. */
const SHARE = 0.01;
/** Each way twice. */
const LEAST_POISON = 2 * Object.keys(poisons).length;
const PER_SECOND = 300;
const LEAST_PER_SECOND = 100;
const MOST_DELAY_MS = 5_000;
/** Below full size tests share their machine, and what would hold others up holds them up for good. */
const MOST_DELAY_IN_A_TEST_MS = 20_000;
const PATIENCE_MS = 60_000;
const PATIENCE_FOR_A_MISTAKE_MS = 5_000;

interface Outcome {
  readonly good: number;
  readonly poison: number;
  readonly problems: readonly string[];
  readonly longestMs: number;
}

/** One record in a hundred can't be applied, by every way; then they come again, repaired. */
export async function poison(run: CampaignRun): Promise<Measurement> {
  const outcome = await spoil(undefined, run, Math.max(run.part(EVENTS), LEAST_EVENTS), PATIENCE_MS);
  const { good, poison: spoilt, problems, longestMs } = outcome;
  return {
    measured:
      `${problems.length} wrong of ${good} good and ${spoilt} bad, by ${Object.keys(poisons).length} ways; ` +
      `applied after ${Math.round(longestMs)} ms at the most; the bad ones came again, repaired`,
    ok: problems.length === 0,
    notes: problems.slice(0, 20),
  };
}

export const poisonCatch =
  (variant: string): CampaignRow['measure'] =>
  async (run) => {
    const { problems } = await spoil(variant, run, EVENTS_FOR_A_MISTAKE, PATIENCE_FOR_A_MISTAKE_MS);
    return { measured: problems[0] ?? 'nothing is noticed', ok: problems.length > 0 };
  };

/** A record of the log, and what it would be if nobody had spoilt it. */
interface Entry {
  readonly state: UserState;
  readonly record: OutgoingRecord;
  readonly way: string | undefined;
}

function spoil(variant: string | undefined, run: CampaignRun, events: number, patienceMs: number): Promise<Outcome> {
  return onWriters({ count: 1, variant }, async (writers) => {
    const draw = createDraw(run.seed);
    const log = spoilt(stateStream(draw, { organisations: 20, people: events / 100, events }), draw);
    const [good, bad] = [log.filter(({ way }) => way === undefined), log.filter(({ way }) => way !== undefined)];
    const publishedAt = new Map<Entry, number>();
    run.progress(`publishing ${log.length} records`);
    await publishSteadily(
      writers.bus,
      log.map(({ record }) => record),
      Math.max(run.part(PER_SECOND), LEAST_PER_SECOND),
      (index) => publishedAt.set(log[index] as Entry, performance.now()),
    );
    await untilApplied(writers, good, patienceMs);
    const delays = good.map((entry) => (writers.applied.at(entry.state) ?? Infinity) - (publishedAt.get(entry) ?? 0));
    const longestMs = Math.max(...delays);
    const most = run.scale < 1 ? MOST_DELAY_IN_A_TEST_MS : MOST_DELAY_MS;
    const problems = [
      ...(await deadLetterProblems(writers, bad)),
      ...delays.flatMap((delay) => (delay > most ? [`a good one was delayed by ${Math.round(delay)} ms`] : [])),
      ...[...writers.running].flatMap((one) => (one.hasEnded() ? [`profile-writer ended\n${one.log()}`] : [])),
    ];
    if (problems.length === 0) problems.push(...(await problemsAfterRepair(writers, log, run)));
    return { good: good.length, poison: bad.length, problems, longestMs };
  });
}

/** Some of the states of a stream are spoilt on their way into the log. */
function spoilt(states: readonly UserState[], draw: Draw): Entry[] {
  const ways = Object.entries(poisons);
  const count = Math.max(Math.round(states.length * SHARE), LEAST_POISON);
  const chosen = new Map(
    draw
      .shuffled(states)
      .slice(0, count)
      .map((state, number) => [state, number] as const),
  );
  return states.map((state) => {
    const record = stateRecord(state);
    const [way, spoiling] = ways[(chosen.get(state) ?? 0) % ways.length] ?? [];
    return chosen.has(state) && spoiling
      ? { state, record: spoiling(record, draw), way }
      : { state, record, way: undefined };
  });
}

/** Waits until MongoDB has told of all of them; whoever is not told of by then is late. */
async function untilApplied({ applied }: RunningWriters, entries: readonly Entry[], patienceMs: number): Promise<void> {
  const all = () => entries.every(({ state }) => applied.at(state) !== undefined);
  await waitFor('all is applied', all, patienceMs).catch(() => undefined);
}

/** Each bad record is there once, with its own bytes, key and headers. */
async function deadLetterProblems({ bus }: RunningWriters, bad: readonly Entry[]): Promise<string[]> {
  const found: BusRecord[] = [];
  for await (const record of bus.read({ topic: deadLetterTopicOf(topics.directoryUsers.name) })) found.push(record);
  const left = new Set(found);
  const missing = bad.filter(({ record }) => {
    const letter = [...left].find((one) => isLetterOf(one, record));
    return letter === undefined || !left.delete(letter);
  });
  return [
    ...missing.map(({ way }) => `not in the dead letters as it was: ${way ?? ''}`),
    ...[...left].map(({ offset }) => `in the dead letters and not bad, at ${offset}`),
  ];
}

function isLetterOf(letter: BusRecord, { key, value, headers = {} }: OutgoingRecord): boolean {
  const isSame = (is: Buffer | null | undefined, should: Buffer | string | null) =>
    is === null || is === undefined || should === null ? is === should : is.equals(Buffer.from(should));
  const own = Object.keys(letter.headers).filter((name) => !name.startsWith('x-dead-letter-'));
  return (
    isSame(letter.key, key) &&
    isSame(letter.value, value) &&
    own.length === Object.keys(headers).length &&
    Object.entries(headers).every(([name, header]) => isSame(letter.headers[name], header))
  );
}

/** What is left out is left out and nothing else; and once it comes again, repaired, older ones overwrite nothing. */
async function problemsAfterRepair(
  writers: RunningWriters,
  log: readonly Entry[],
  run: CampaignRun,
): Promise<string[]> {
  const bad = log.filter(({ way }) => way !== undefined);
  const good = log.filter(({ way }) => way === undefined).map(({ state }) => state);
  const before = await streamProblems(writers.connection, good);
  run.progress(`publishing ${bad.length} records again`);
  await writers.bus.publish(bad.map(({ state }) => stateRecord(state)));
  const states = log.map(({ state }) => state);
  const now = () => learnerProblems(writers.connection, states);
  await waitFor('the repaired ones are applied', async () => (await now()).length === 0, PATIENCE_MS).catch(
    () => undefined,
  );
  return [...before, ...(await now()).map((line) => `after the repair: ${line}`)];
}
