import { proveDeleted, removedState, type Verdict, type WantedState } from '@learnamp/directory';
import { type PersonRecord, personRecordId } from '@learnamp/sync-state';
import { askExistence } from '../removal/ask-existence.ts';
import { askMembership, proveLeavers } from '../removal/prove-removals.ts';
import { emittedStates } from '../runs/known-states.ts';
import type { RunContext } from '../runs/run-context.ts';
import type { RunReporter } from '../runs/run-reporter.ts';
import { syncPeople } from '../runs/sync-people.ts';
import { propose, withdrawAdditions, withdrawRemovals } from './proposals.ts';
import { settleChanges } from './settle-changes.ts';

export interface VerdictRequest {
  readonly verdict: Verdict;
  /** Only those of them who are held: nobody else can be approved or rejected. */
  readonly personIds: readonly string[];
  readonly saidBy: string;
}

// Whoever is active, and of whom nothing is in question, will do for the other half of the proof.
const noMembers: ReadonlySet<string> = new Set();

type Run = Pick<RunReporter, 'runId' | 'counts' | 'isFirst' | 'unreadableFields'>;

/**
 * Notes a verdict, then decides about each approved person again by fresh readings: in between people may have come
 * back, or gone. Who can't be asked about now stays approved, for the run that can.
 */
export async function giveVerdict(context: RunContext, run: Run, request: VerdictRequest): Promise<void> {
  const { stores, organisation } = context;
  const { verdict, personIds, saidBy } = request;
  const ids = personIds.map((personId) => personRecordId(organisation.id, personId));
  const held = { _id: { $in: ids }, 'proposal.heldSince': { $gt: new Date(0) } };
  await stores.people.updateMany(held, { $set: { 'proposal.verdict': verdict, 'proposal.saidBy': saidBy } });
  if (verdict === 'approved') await decideAgain(context, run, await stores.people.find(held).lean());
  await settleChanges(context, run);
}

async function decideAgain(context: RunContext, run: Run, records: readonly PersonRecord[]): Promise<void> {
  const of = (cause: string | undefined) => records.filter(({ proposal }) => proposal?.state.removal?.cause === cause);
  const left = of('left').flatMap(({ personId, emitted }) => (emitted ? [[personId, emitted.state] as const] : []));
  await proveLeavers(context, run, new Map(left), noMembers);
  await proveDeletions(context, run, of('deleted'));
  const disabled = of('disabled').map(({ personId }) => personId);
  await syncPeople(context, run, disabled, emittedStates(context));
  await addMembers(
    context,
    run,
    of(undefined).map(({ personId }) => personId),
  );
}

async function addMembers(context: RunContext, run: Run, personIds: readonly string[]): Promise<void> {
  const answers = await askMembership(context, personIds);
  const answered = (answer: string) => personIds.filter((personId) => answers.get(personId) === answer);
  await syncPeople(context, run, answered('member'), emittedStates(context));
  await withdrawAdditions(context, [...answered('not-member'), ...answered('missing')]);
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
  await propose(context, run.runId, deleted);
  const found = records.filter(({ personId }) => statuses.get(personId) === 200).map(({ personId }) => personId);
  await withdrawRemovals(context, found, 'deleted');
}
