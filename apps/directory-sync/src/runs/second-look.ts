import { loadTree } from '../group-tree/group-tree-store.ts';
import { noteLookedAt, peopleToLookAt, planNextLook } from './look-again.ts';
import type { RunContext } from './run-context.ts';
import type { RunReporter } from './run-reporter.ts';
import { syncChanged } from './sync-changed.ts';

// As in a full run: whoever was read by one that began with new links is looked at again.
const PEOPLE_A_STEP = 600;

/**
 * Looks again at whoever changed half a minute ago: by now every replica knows of that change, so what is read is at
 * least as new. Returns everybody who was read or decided about.
 */
export async function secondLook(context: RunContext, run: RunReporter): Promise<ReadonlySet<string>> {
  const { stores, organisation } = context;
  const by = context.clock();
  const due = await peopleToLookAt(context, by);
  const tree = await loadTree(stores.groupNodes, organisation.id);
  const touched = new Set<string>();
  for (let start = 0; start < due.length; start += PEOPLE_A_STEP) {
    const personIds = due.slice(start, start + PEOPLE_A_STEP);
    const done = await syncChanged(context, run, { before: tree, after: tree, personIds: new Set(personIds) });
    await noteLookedAt(context, personIds, { by, unread: done.unreadable });
    for (const personId of done.touched) touched.add(personId);
  }
  await planNextLook(context);
  return touched;
}
