import { askMembership, removeLeavers } from '../removal/prove-removals.ts';
import { assumeOutdated, emittedOutside } from './known-states.ts';
import type { RunContext } from './run-context.ts';
import type { RunReporter } from './run-reporter.ts';
import { syncPeople } from './sync-people.ts';

/** Reads one person afresh and emits what is wanted of them, whatever was emitted before. */
export async function personRun(context: RunContext, run: RunReporter, personId: string): Promise<void> {
  const answer = (await askMembership(context, [personId])).get(personId);
  if (answer === 'member') {
    run.counts.members = 1;
    await syncPeople(context, run, [personId], assumeOutdated);
    return;
  }
  const known = await emittedOutside(context, new Set(), [personId]);
  const last = known.get(personId);
  if (last) await removeLeavers(context, run, new Map([[personId, last]]), await someMembers(context));
}

async function someMembers({ stores, organisation }: RunContext): Promise<ReadonlySet<string>> {
  const records = await stores.people
    .find({ organisationId: organisation.id, 'emitted.state.active': true })
    .limit(20)
    .lean();
  return new Set(records.map((record) => record.personId));
}
