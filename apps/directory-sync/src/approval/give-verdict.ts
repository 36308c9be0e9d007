import type { Verdict } from '@learnamp/directory';
import { type PersonRecord, personRecordId } from '@learnamp/sync-state';
import { proveDeletions } from '../removal/confirm-deletions.ts';
import { askMembership, proveLeavers } from '../removal/prove-removals.ts';
import { emittedStates } from '../runs/known-states.ts';
import type { RunContext } from '../runs/run-context.ts';
import type { RunNotes } from '../runs/run-reporter.ts';
import { syncPeople } from '../runs/sync-people.ts';
import { withdrawAdditions, withdrawRemovals } from './proposals.ts';
import { settleChanges } from './settle-changes.ts';

export interface VerdictRequest {
  readonly verdict: Verdict;
  /** Only those of them who are held: nobody else can be approved or rejected. */
  readonly personIds: readonly string[];
  readonly saidBy: string;
}

/**
 * Notes a verdict, then decides about each approved person again by fresh readings: in between people may have come
 * back, or gone. Who can't be asked about now stays approved, for the run that can.
 */
export async function giveVerdict(context: RunContext, run: RunNotes, request: VerdictRequest): Promise<void> {
  const { stores, organisation } = context;
  const { verdict, personIds, saidBy } = request;
  const ids = personIds.map((personId) => personRecordId(organisation.id, personId));
  const held = { _id: { $in: ids }, 'proposal.heldSince': { $gt: new Date(0) } };
  await stores.people.updateMany(held, { $set: { 'proposal.verdict': verdict, 'proposal.saidBy': saidBy } });
  if (verdict === 'approved') await decideAgain(context, run, await stores.people.find(held).lean());
  await settleChanges(context, run);
}

async function decideAgain(context: RunContext, run: RunNotes, records: readonly PersonRecord[]): Promise<void> {
  const of = (cause: string | undefined) => records.filter(({ proposal }) => proposal?.state.removal?.cause === cause);
  const left = of('left').flatMap(({ personId, emitted }) => (emitted ? [[personId, emitted.state] as const] : []));
  await proveLeavers(context, run, new Map(left));
  await withdrawRemovals(context, await proveDeletions(context, run, of('deleted')), 'deleted');
  const disabled = of('disabled').map(({ personId }) => personId);
  await syncPeople(context, run, disabled, emittedStates(context));
  await addMembers(
    context,
    run,
    of(undefined).map(({ personId }) => personId),
  );
}

async function addMembers(context: RunContext, run: RunNotes, personIds: readonly string[]): Promise<void> {
  const answers = await askMembership(context, personIds);
  const answered = (answer: string) => personIds.filter((personId) => answers.get(personId) === answer);
  await syncPeople(context, run, answered('member'), emittedStates(context));
  await withdrawAdditions(context, [...answered('not-member'), ...answered('missing')]);
}
