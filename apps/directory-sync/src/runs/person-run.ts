import { settleChanges } from '../approval/settle-changes.ts';
import { askMembership, proveLeavers } from '../removal/prove-removals.ts';
import { emittedOutside, outdatedStates } from './known-states.ts';
import type { RunContext } from './run-context.ts';
import type { RunReporter } from './run-reporter.ts';
import { syncPeople } from './sync-people.ts';

/** Reads one person afresh and emits what is wanted of them, whatever was emitted before. */
export async function personRun(context: RunContext, run: RunReporter, personId: string): Promise<void> {
  const answer = (await askMembership(context, [personId])).get(personId);
  if (answer === 'member') {
    run.counts.members = 1;
    await syncPeople(context, run, [personId], outdatedStates(context));
  } else {
    const last = (await emittedOutside(context, new Set(), [personId])).get(personId);
    if (last) await proveLeavers(context, run, new Map([[personId, last]]));
  }
  await settleChanges(context, run);
}
