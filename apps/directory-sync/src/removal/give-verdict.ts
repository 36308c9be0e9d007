import { proveDeleted, removedState, type Verdict, type WantedState } from '@learnamp/directory';
import { type PersonRecord, personRecordId } from '@learnamp/sync-state';
import { emittedStates } from '../runs/known-states.ts';
import type { RunContext } from '../runs/run-context.ts';
import type { RunReporter } from '../runs/run-reporter.ts';
import { syncPeople } from '../runs/sync-people.ts';
import { askExistence } from './ask-existence.ts';
import { forgetLeaving, noteLeaving } from './leaving.ts';
import { proveLeavers } from './prove-removals.ts';
import { settleRemovals } from './settle-removals.ts';

export interface VerdictRequest {
  readonly verdict: Verdict;
  /** Only those of them who are held: nobody else can be approved or rejected. */
  readonly personIds: readonly string[];
  readonly saidBy: string;
}

// Whoever is active, and of whom nothing is in question, will do for the other half of the proof.
const noMembers: ReadonlySet<string> = new Set();

type Run = Pick<RunReporter, 'runId' | 'counts'>;

/**
 * Notes a verdict, then proves each approved removal again: between the proof and the approval people may have come
 * back. Who can't be proved now stays approved, for the run that can.
 */
export async function giveVerdict(context: RunContext, run: Run, request: VerdictRequest): Promise<void> {
  const { stores, organisation } = context;
  const { verdict, personIds, saidBy } = request;
  const ids = personIds.map((personId) => personRecordId(organisation.id, personId));
  const held = { _id: { $in: ids }, 'leaving.heldSince': { $gt: new Date(0) } };
  await stores.people.updateMany(held, { $set: { 'leaving.verdict': verdict, 'leaving.saidBy': saidBy } });
  if (verdict === 'approved') await proveAgain(context, run, await stores.people.find(held).lean());
  await settleRemovals(context, run);
}

async function proveAgain(context: RunContext, run: Run, records: readonly PersonRecord[]): Promise<void> {
  const of = (cause: string) => records.filter(({ leaving }) => leaving?.state.removal?.cause === cause);
  const left = of('left').flatMap(({ personId, emitted }) => (emitted ? [[personId, emitted.state] as const] : []));
  await proveLeavers(context, run, new Map(left), noMembers);
  await proveDeletions(context, run, of('deleted'));
  const disabled = of('disabled').map(({ personId }) => personId);
  await syncPeople(context, run, disabled, emittedStates(context));
}

async function proveDeletions(context: RunContext, run: Run, records: readonly PersonRecord[]): Promise<void> {
  const { clock, timings } = context;
  const statuses = await askExistence(
    context,
    records.map(({ personId }) => personId),
  );
  const now = clock();
  const deleted = records.flatMap(({ personId, emitted, missingSince }): WantedState[] => {
    if (statuses.get(personId) !== 404 || !emitted || !missingSince) return [];
    const minimumMs = timings.deletionProof;
    const removal = proveDeleted({ missingSince, missingAgainAt: now, minimumMs });
    return removal ? [removedState(emitted.state, removal)] : [];
  });
  await noteLeaving(context, run.runId, deleted);
  const found = records.filter(({ personId }) => statuses.get(personId) === 200).map(({ personId }) => personId);
  await forgetLeaving(context, found, ['deleted']);
}
