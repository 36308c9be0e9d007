import { setTimeout as sleep } from 'node:timers/promises';
import type { Instance } from '../whole-system/instances.ts';

/** A process at one moment, by the numbers that it gives to Prometheus. */
export interface Sample {
  readonly seconds: number;
  /** What its heap holds, right after a collection. */
  readonly heapMb: number;
  readonly descriptors: number;
  /** p99 of the event loop's lag since the sample before, without the collections that were asked for. */
  readonly lagMs: number;
}

const COLLECTED_WITHIN_MS = 500;

/** Looks at a process that was started with `collect-on-signal` and `--expose-gc`. */
export async function sampleOf({ process, numbersPort }: Instance, seconds: number): Promise<Sample> {
  // Asking for the lag begins it anew, so it is asked for before the collection, and once more after it.
  const before = await numbersAt(numbersPort);
  process.signal('SIGUSR2');
  await sleep(COLLECTED_WITHIN_MS);
  const after = await numbersAt(numbersPort);
  return {
    seconds,
    heapMb: numberOf(after, 'nodejs_heap_size_used_bytes') / 1_048_576,
    descriptors: numberOf(after, 'process_open_fds'),
    lagMs: numberOf(before, 'nodejs_eventloop_lag_p99_seconds') * 1_000,
  };
}

async function numbersAt(port: number): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}

function numberOf(numbers: string, name: string): number {
  const [, value] = new RegExp(`^${name} (\\S+)$`, 'm').exec(numbers) ?? [];
  if (value === undefined) throw new Error(`the service says nothing of ${name}`);
  return Number(value);
}

/** By how much something grows from the first sample to the last, along the line that fits all of them best. */
export function growthOf(samples: readonly Sample[], what: (sample: Sample) => number): number {
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [times, values] = [samples.map(({ seconds }) => seconds), samples.map(what)];
  const [middle, average] = [mean(times), mean(values)];
  const over = times.reduce((sum, time) => sum + (time - middle) ** 2, 0);
  const along = times.reduce((sum, time, index) => sum + (time - middle) * ((values[index] ?? 0) - average), 0);
  return over === 0 ? 0 : (along / over) * ((times.at(-1) ?? 0) - (times[0] ?? 0));
}
