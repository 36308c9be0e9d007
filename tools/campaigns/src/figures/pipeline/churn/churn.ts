import { setTimeout as sleep } from 'node:timers/promises';
import type { UserState } from '@learnamp/contracts';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { waitFor } from '../../identity/leaks/wait-for.ts';
import { stateRecord } from '../../identity/stage/states.ts';
import { createDraw, type Draw } from '../../provisioning/simulation/draw.ts';
import { streamProblems } from '../states/expected-learners.ts';
import { publishSteadily } from '../states/publish-steadily.ts';
import { stateStream } from '../states/state-stream.ts';
import { onWriters, type RunningWriters } from '../writers/running-writers.ts';

const EVENTS = 50_000;
const KILLS = 200;
const REBALANCES = 100;
/** A kill or a rebalance comes while so many are published. */
const PER_SECOND = 200;
const INSTANCES = 2;
const LIFE_MS = { least: 100, most: 2_000 };
const PATIENCE_MS = 180_000;
/** MongoDB tells of a write within a moment, and the offset moves after the write. */
const TOLD_WITHIN_MS = 3_000;
const FOR_A_MISTAKE = { instances: 1, times: 1, events: 200 };
/** A partition whose owner is dead waits for its session to run out, 6 s; who joins and leaves holds it up as well. */
const MOST_IDLE_MS = 30_000;

type Disturb = (writers: RunningWriters, draw: Draw) => Promise<void>;

/** One of them is killed, and another one started. */
const kill: Disturb = async (writers, draw) => {
  await sleep(LIFE_MS.least + draw.below(LIFE_MS.most - LIFE_MS.least));
  const one = draw.from([...writers.running]);
  if (one) await writers.kill(one);
  await writers.start();
};

/** One joins, or one leaves. */
const rebalance: Disturb = async (writers, draw) => {
  await sleep(draw.below(LIFE_MS.least));
  const one = draw.from([...writers.running]);
  if (writers.running.size <= INSTANCES) await writers.start();
  else if (one) await writers.stop(one);
};

interface Plan {
  readonly disturb: Disturb;
  readonly instances: number;
  readonly times: number;
  readonly events: number;
  readonly variant?: string;
}

interface Outcome {
  readonly problems: readonly string[];
  readonly longestMs: number;
}

export async function writerKills(run: CampaignRun): Promise<Measurement> {
  const plan = { instances: INSTANCES, disturb: kill, times: run.part(KILLS), events: run.part(EVENTS) };
  const { problems } = await churn(run, plan);
  return {
    measured: `${problems.length} wrong after ${plan.times} kills over ${plan.events} events`,
    ok: problems.length === 0,
    notes: problems.slice(0, 20),
  };
}

export async function rebalances(run: CampaignRun): Promise<Measurement> {
  const times = Math.max(2, run.part(REBALANCES));
  const plan = { instances: INSTANCES, disturb: rebalance, times, events: run.part(EVENTS) };
  const { problems, longestMs } = await churn(run, plan);
  return {
    measured: `${problems.length} wrong after ${times} joins and leaves over ${plan.events} events, none later than ${(longestMs / 1_000).toFixed(1)} s`,
    ok: problems.length === 0 && longestMs < MOST_IDLE_MS,
    notes: problems.slice(0, 20),
  };
}

const catchBy =
  (disturb: Disturb) =>
  (variant: string): CampaignRow['measure'] =>
  async (run) => {
    const { problems } = await churn(run, { ...FOR_A_MISTAKE, disturb, variant });
    return { measured: problems[0] ?? 'nothing is noticed', ok: problems.length > 0 };
  };

export const writerKillsCatch = catchBy(kill);
/** The only one leaves, and another one comes. */
export const rebalancesCatch = catchBy(async (writers) => {
  await sleep(LIFE_MS.most);
  for (const one of writers.running) await writers.stop(one);
  await writers.start();
});

/** Publishes a part of the stream beside each disturbance; in the end MongoDB is what the stream comes to. */
function churn(run: CampaignRun, { disturb, instances, times, events, variant }: Plan): Promise<Outcome> {
  return onWriters({ count: instances, variant }, async (writers) => {
    const draw = createDraw(run.seed);
    const states = stateStream(draw, { organisations: 24, people: Math.ceil(events / 200), events });
    const publishedAt = new Map<UserState, number>();
    const share = Math.ceil(states.length / times);
    for (let time = 0; time < times; time += 1) {
      run.progress(`${time} of ${times} times`);
      const part = states.slice(time * share, (time + 1) * share);
      const note = (index: number) => publishedAt.set(part[index] as UserState, performance.now());
      const publishing = publishSteadily(writers.bus, part.map(stateRecord), PER_SECOND, note);
      await Promise.all([publishing, disturb(writers, draw)]);
    }
    run.progress('waiting for the end');
    await writers.offsets.untilConsumed(PATIENCE_MS);
    const all = () => states.every((state) => writers.applied.at(state) !== undefined);
    await waitFor('all is told of', all, TOLD_WITHIN_MS).catch(() => undefined);
    const delays = states.map((state) => (writers.applied.at(state) ?? Infinity) - (publishedAt.get(state) ?? 0));
    const problems = [...(await streamProblems(writers.connection, states)), ...writers.applied.regressions];
    return { problems, longestMs: Math.max(...delays) };
  });
}
