import { setTimeout as sleep } from 'node:timers/promises';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { compiled } from '../../measuring/measuring-process.ts';
import { median } from '../../measuring/percentile.ts';
import type { Instance } from '../whole-system/instances.ts';
import { lostNotifications, lostStates } from '../whole-system/lost.ts';
import { startNotifying, startWholeLoad } from '../whole-system/whole-load.ts';
import { onWholeSystem, type WholeSystem } from '../whole-system/whole-system.ts';
import { growthOf, type Sample, sampleOf } from './samples.ts';

const MINUTES = 10;
/**
 * Of each door. On two cores, which all processes share with Kafka, MongoDB and whoever asks, more would measure how long a
 * process waits for a core, not what holds its loop up.
 */
const REQUESTS_A_SECOND = 25;
const LEAST_SECONDS = 24;
const SECONDS_FOR_A_MISTAKE = 12;
const FEW_A_SECOND = { part: () => 20, scale: 1 };
/** The first requests fill caches and have code compiled. */
const WARM_UP_S = 60;
const LEAST_WARM_UP_S = 10;
/** In all the time that is measured, however long it is. */
const SAMPLES = 12;
const LIMITS = { heapMb: 5, lagMs: 50 };
/** Of less time than the full size: code is still being compiled, and tests share the machine. */
const LIMITS_OF_A_MOMENT = { heapMb: 10, lagMs: 500 };
/** It is the heap that has to tell. */
const LIMITS_OF_A_MISTAKE = { ...LIMITS_OF_A_MOMENT, lagMs: Infinity };
/** Some are connections that are kept: as many as were needed at once. */
const MOST_DESCRIPTORS = 60;

const nodeOptions = `--expose-gc --import=file://${compiled}pipeline/soak/collect-on-signal.js`;

/** What was seen of a process in its time. */
interface Watched {
  readonly name: string;
  /** How much it holds more in the end than in the beginning, and how many. */
  readonly heapMb: number;
  readonly descriptors: number;
  /** p99 in the median of the spans between samples: a busy machine makes single ones longer. */
  readonly lagMs: number;
}

/** The whole system under steady load, and nothing breaks. */
export async function soak(run: CampaignRun): Promise<Measurement> {
  const seconds = run.minutes === undefined ? Math.max(run.part(MINUTES * 60), LEAST_SECONDS) : run.minutes * 60;
  return onWholeSystem({ nodeOptions }, async (system) => {
    const load = await startWholeLoad(run, system, REQUESTS_A_SECOND);
    const begun = performance.now();
    run.progress('warming up');
    await sleep(Math.max(run.part(WARM_UP_S), LEAST_WARM_UP_S) * 1_000);
    const watched = await watch(run, system, seconds);
    const took = Math.round((performance.now() - begun) / 1_000);
    const outcome = await load.stop();
    const lost = [...(await lostNotifications(system, outcome)), ...(await lostStates(system, outcome))];
    const limits = seconds < MINUTES * 60 ? LIMITS_OF_A_MOMENT : LIMITS;
    const problems = [...problemsOf(watched, limits), ...outcome.failed, ...lost];
    const most = (what: (one: Watched) => number) => Math.max(...watched.map(what));
    return {
      measured:
        `${outcome.requests} requests in ${took} s, ${outcome.perSecond} a second, ${outcome.failed.length} failed, ` +
        `${lost.length} lost; heaps grew by ${most(({ heapMb }) => heapMb).toFixed(1)} MB at most, descriptors by ` +
        `${Math.round(most(({ descriptors }) => descriptors))}, p99 lag ${Math.round(most(({ lagMs }) => lagMs))} ms`,
      ok: problems.length === 0,
      notes: problems.slice(0, 20),
    };
  });
}

/** A moment is enough for it, and as few requests at any size: a heap that is full ends the process. */
export const soakCatch =
  (variant: string): CampaignRow['measure'] =>
  (run) =>
    onWholeSystem({ variant, names: ['webhook-ingest'], nodeOptions }, async (system) => {
      const load = startNotifying(FEW_A_SECOND, system);
      await sleep(LEAST_WARM_UP_S * 1_000);
      // A heap that was full before it was looked at has ended its process.
      const ended = () => ['a process has ended, and does not say what it holds'];
      const watching = watch(run, system, SECONDS_FOR_A_MISTAKE);
      const problems = await watching.then((watched) => problemsOf(watched, LIMITS_OF_A_MISTAKE)).catch(ended);
      await load.stop();
      return { measured: problems[0] ?? 'nothing is noticed', ok: problems.length > 0 };
    });

async function watch(run: CampaignRun, { services }: WholeSystem, seconds: number): Promise<Watched[]> {
  const instances = services.flatMap(({ name, running }) => running.map((instance) => ({ name, instance })));
  // What has come before is not measured.
  await Promise.all(instances.map(({ instance }) => sampleOf(instance, 0)));
  return Promise.all(
    instances.map(async ({ name, instance }) => watchedOf(name, await samplesOf(run, instance, seconds))),
  );
}

async function samplesOf(run: CampaignRun, instance: Instance, seconds: number): Promise<Sample[]> {
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 1_000;
  const samples: Sample[] = [];
  for (let number = 1; number <= SAMPLES; number += 1) {
    await sleep(Math.max(0, (seconds * number) / SAMPLES - elapsed()) * 1_000);
    samples.push(await sampleOf(instance, elapsed()));
    run.progress(`${Math.round(elapsed())} of ${Math.round(seconds)} s`);
  }
  return samples;
}

const watchedOf = (name: string, samples: readonly Sample[]): Watched => ({
  name,
  heapMb: growthOf(samples, ({ heapMb }) => heapMb),
  descriptors: growthOf(samples, ({ descriptors }) => descriptors),
  lagMs: median(samples.map(({ lagMs }) => lagMs)),
});

const problemsOf = (watched: readonly Watched[], limits: typeof LIMITS) =>
  watched.flatMap(({ name, heapMb, descriptors, lagMs }) => [
    ...(heapMb > limits.heapMb ? [`the heap of ${name} grew by ${heapMb.toFixed(1)} MB`] : []),
    ...(descriptors > MOST_DESCRIPTORS ? [`${name} has ${Math.round(descriptors)} descriptors more`] : []),
    ...(lagMs > limits.lagMs ? [`the event loop of ${name} lagged by ${Math.round(lagMs)} ms`] : []),
  ]);
