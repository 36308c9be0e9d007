import type { BatchMember } from './batch-request.ts';
import { invalidBatch } from './invalid-batch.ts';

/** Refuses ids that differ in case alone or not at all, and dependencies on nobody or in a circle. */
export function checkOrder(members: readonly Pick<BatchMember, 'key' | 'dependsOn'>[]): void {
  if (new Set(members.map(({ key }) => key)).size < members.length) throw invalidBatch('request ids must be unique');
  const done = new Set<string>();
  // Whoever waits for nobody, or only for those already done, can run; if nobody can, the rest waits for itself.
  while (done.size < members.length) {
    const ready = members.filter(({ key, dependsOn }) => !done.has(key) && dependsOn.every((other) => done.has(other)));
    if (ready.length === 0) throw invalidBatch("'dependsOn' names an unknown request or forms a cycle");
    for (const { key } of ready) done.add(key);
  }
}
