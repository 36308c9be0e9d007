import { Counter, Gauge, Histogram } from 'prom-client';
import type { Metrics } from './metrics.ts';

interface Consumed {
  readonly groupId: string;
  readonly topic: string;
}

// From what nobody notices to what is late: a change has thirty minutes from Entra to the learner.
const AGES = [0.05, 0.25, 1, 5, 15, 60, 300, 900, 1_800];

/** What a service's consumers count, as the observer of its bus. */
export function createBusMetrics(metrics: Metrics) {
  const registers = [metrics];
  const labelNames = ['group', 'topic'];
  const decided = new Counter({
    ...{ name: 'bus_records_total', help: 'Records by what was decided about them', registers },
    labelNames: [...labelNames, 'outcome'],
  });
  const ages = new Histogram({
    ...{ name: 'bus_record_age_seconds', help: 'From publishing a record to its being decided about', registers },
    ...{ labelNames, buckets: AGES },
  });
  const failed = new Counter({
    ...{ name: 'bus_failed_batches_total', help: 'Batches about which nothing was decided; they come again' },
    ...{ labelNames, registers },
  });
  const behind = new Gauge({
    ...{ name: 'bus_lag_records', help: 'Records of a partition behind the last one that was decided about' },
    ...{ labelNames: [...labelNames, 'partition'], registers },
  });
  const labels = ({ groupId, topic }: Consumed) => ({ group: groupId, topic });
  return {
    decided: (where: Consumed, outcome: string, ageMs: number) => {
      decided.inc({ ...labels(where), outcome });
      ages.observe(labels(where), ageMs / 1000);
    },
    failed: (where: Consumed) => failed.inc(labels(where)),
    behind: (where: Consumed & { readonly partition: number }, records: number) =>
      behind.set({ ...labels(where), partition: where.partition }, records),
  };
}
