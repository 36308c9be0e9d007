import { setTimeout as sleep } from 'node:timers/promises';
import type { RealKafka } from '@learnamp/testkit';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { waitFor } from '../../identity/leaks/wait-for.ts';
import { startLoad } from '../../identity/stage/steady-load.ts';
import { percentile } from '../../measuring/percentile.ts';
import { createGraphSender, newIds } from '../ingest/graph-sender.ts';
import { onIngest } from '../ingest/running-ingest.ts';
import { theKafka } from '../stage/the-kafka.ts';
import { variantOf } from '../variants.ts';

const NOTIFICATIONS_A_SECOND = 500;
const SECONDS = 300;
const LEAST_SECONDS = 5;
const SECONDS_AWAY = 60;
const P99_MS = 500;
const MOST_MS = 2_900;
const MOST_AWAY_MS = 2_500;
const AT_ONCE = 10;
/** Nobody listens there. */
const NO_BROKER = '127.0.0.1:1';
const NORMAL_WITHIN_S = 30;
/** So long without another answer than 202 is normal. */
const NORMAL_FOR_MS = 2_000;

interface Sample {
  readonly at: number;
  readonly ms: number;
  /** 0 where no answer came. */
  readonly status: number;
}

interface Outcome {
  readonly perSecond: number;
  readonly there: readonly Sample[];
  readonly away: readonly Sample[];
  /** From the broker's return to the first of the answers that were all 202; Infinity where they never were. */
  readonly normalAfterS: number;
}

/** A steady stream with the broker there, away, and back. */
export async function answerTimes(run: CampaignRun): Promise<Measurement> {
  const seconds = Math.max(run.part(SECONDS), LEAST_SECONDS);
  const outcome = await stream(run, seconds);
  const { perSecond, there, away, normalAfterS } = outcome;
  const [p99, longest] = [percentile(times(there), 0.99), longestOf(there)];
  const problems = problemsOf(outcome);
  return {
    measured:
      `${there.length} in ${seconds} s, ${perSecond} a second: p99 ${Math.round(p99)} ms, ${Math.round(longest)} ms at the most; ` +
      `broker away: ${away.length} answers, the latest after ${Math.round(longestOf(away))} ms; ` +
      `normal ${normalAfterS.toFixed(1)} s after its return`,
    ok: problems.length === 0,
    notes: problems.slice(0, 20),
  };
}

/** Some at once, where there is no broker at all. */
export const answerTimesCatch =
  (variant: string): CampaignRow['measure'] =>
  () =>
    onIngest({ variant: variantOf(variant), brokers: NO_BROKER }, async (ingest) => {
      const sender = createGraphSender(ingest);
      const away: Sample[] = [];
      await Promise.all(newIds(AT_ONCE).map((id) => sample(away, () => sender.post([id]))));
      sender.close();
      const problems = awayProblems(away);
      return { measured: problems[0] ?? 'nothing is noticed', ok: problems.length > 0 };
    });

/** Of more than a call takes as arguments. */
const longestOf = (samples: readonly Sample[]) => times(samples).reduce((one, other) => Math.max(one, other), 0);

const told = ({ status, ms }: Sample) => `answered ${status} after ${Math.round(ms)} ms`;

const awayProblems = (away: readonly Sample[]) =>
  away.filter(({ status, ms }) => status !== 503 || ms >= MOST_AWAY_MS).map((one) => `the broker away: ${told(one)}`);

function problemsOf({ there, away, normalAfterS }: Outcome): string[] {
  const isSlow = percentile(times(there), 0.99) >= P99_MS;
  return [
    ...there.filter(({ status, ms }) => status !== 202 || ms > MOST_MS).map((one) => `the broker there: ${told(one)}`),
    ...(isSlow ? ['the broker there: p99 is too long'] : []),
    ...awayProblems(away),
    ...(away.length === 0 ? ['nothing was sent while the broker was away'] : []),
    ...(normalAfterS > NORMAL_WITHIN_S ? [`normal ${normalAfterS} s after the broker’s return`] : []),
  ];
}

const times = (samples: readonly Sample[]) => samples.map(({ ms }) => ms);

async function stream(run: CampaignRun, seconds: number): Promise<Outcome> {
  const kafka = await theKafka();
  return onIngest({}, async (ingest) => {
    const sender = createGraphSender(ingest);
    // The first answers find out where the broker is.
    await waitFor('the first notification is taken', async () => (await sender.post(newIds(1))) === 202);
    const samples: Sample[] = [];
    const load = startLoad(run, () => sample(samples, () => sender.post(newIds(1))), NOTIFICATIONS_A_SECOND);
    run.progress(`${seconds} s with the broker there`);
    await sleep(seconds * 1_000);
    const left = performance.now();
    await kafka.kill();
    const killed = performance.now();
    run.progress('the broker is away');
    await sleep(Math.max(run.part(SECONDS_AWAY), LEAST_SECONDS) * 1_000);
    const returning = performance.now();
    const normalAfterS = await untilNormal(kafka, run, samples);
    const { perSecond } = await load.stop();
    sender.close();
    return {
      perSecond,
      there: samples.filter(({ at, ms }) => at + ms < left),
      // Whoever was sent so late that the broker may have been back in time is of neither.
      away: samples.filter(({ at }) => at >= killed && at < returning - MOST_AWAY_MS),
      normalAfterS,
    };
  });
}

async function sample(samples: Sample[], post: () => Promise<number>): Promise<number> {
  const at = performance.now();
  const status = await post().catch(() => 0);
  samples.push({ at, ms: performance.now() - at, status });
  return 200;
}

async function untilNormal(kafka: RealKafka, run: CampaignRun, samples: readonly Sample[]): Promise<number> {
  await kafka.restart();
  const back = performance.now();
  run.progress('the broker is back');
  while (performance.now() - back < (NORMAL_WITHIN_S + 10) * 1_000) {
    const since = normalSince(samples, back);
    if (since !== undefined) return (since - back) / 1_000;
    await sleep(100);
  }
  return Infinity;
}

/** Since when all answers have been 202, if that is long enough ago. */
function normalSince(samples: readonly Sample[], back: number): number | undefined {
  const lastBad = samples.findLast(({ status }) => status !== 202);
  const since = Math.max(back, lastBad ? lastBad.at + lastBad.ms : back);
  return performance.now() - since > NORMAL_FOR_MS ? since : undefined;
}
