import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus, OutgoingRecord } from '@learnamp/bus';

const STEP_MS = 50;

/** Publishes records in order, so many a second at the most; tells when each of them was in the log. */
export async function publishSteadily(
  bus: Bus,
  records: readonly OutgoingRecord[],
  perSecond: number,
  onPublished: (index: number) => void = () => undefined,
): Promise<void> {
  const begun = performance.now();
  for (let next = 0; next < records.length;) {
    const due = Math.ceil(((performance.now() - begun) / 1_000) * perSecond);
    const batch = records.slice(next, Math.max(next + 1, due));
    await bus.publish(batch);
    for (let index = next; index < next + batch.length; index += 1) onPublished(index);
    next += batch.length;
    await sleep(STEP_MS);
  }
}
