import { askMembership, proveLeavers } from '../removal/prove-removals.ts';
import { settleRemovals } from '../removal/settle-removals.ts';
import { assumeOutdated, emittedOutside } from './known-states.ts';
import type { RunContext } from './run-context.ts';
import type { RunReporter } from './run-reporter.ts';
import { syncPeople } from './sync-people.ts';

// Whoever is active, and of whom nothing is in question, will do for the other half of the proof.
const noMembers: ReadonlySet<string> = new Set();

/** Reads one person afresh and emits what is wanted of them, whatever was emitted before. */
export async function personRun(context: RunContext, run: RunReporter, personId: string): Promise<void> {
  const answer = (await askMembership(context, [personId])).get(personId);
  if (answer === 'member') {
    run.counts.members = 1;
    await syncPeople(context, run, [personId], assumeOutdated);
  } else {
    const last = (await emittedOutside(context, new Set(), [personId])).get(personId);
    if (last) await proveLeavers(context, run, new Map([[personId, last]]), noMembers);
  }
  await settleRemovals(context, run);
}
