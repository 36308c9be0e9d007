import type { Removal, WantedState } from '@learnamp/directory';
import { personRecordId } from '@learnamp/sync-state';
import type { RunContext } from '../runs/run-context.ts';

type Context = Pick<RunContext, 'stores' | 'organisation' | 'clock'>;

/**
 * Notes additions and removals that were decided just now. Nothing takes effect before the run's end, when all that it
 * decided is counted. A verdict holds as long as the question is the same: another direction or cause is another one.
 */
export async function propose(
  { stores, organisation, clock }: Context,
  runId: string,
  states: readonly WantedState[],
): Promise<void> {
  if (states.length === 0) return;
  const decidedAt = clock();
  const operations = states.map((state) => {
    const decided = { state, runId, decidedAt };
    const sameQuestion = {
      $and: [
        { $eq: ['$proposal.state.active', state.active] },
        { $eq: [{ $ifNull: ['$proposal.state.removal.cause', null] }, state.removal?.cause ?? null] },
      ],
    };
    const known = { $mergeObjects: ['$proposal', { $literal: decided }] };
    const first = { $literal: { ...decided, heldSince: null, verdict: null, saidBy: null } };
    const identity = { organisationId: organisation.id, personId: state.personId };
    return {
      updateOne: {
        filter: { _id: personRecordId(organisation.id, state.personId) as never },
        update: [{ $set: { ...identity, proposal: { $cond: [sameQuestion, known, first] } } }],
        upsert: true,
      },
    };
  });
  await stores.people.collection.bulkWrite(operations, { ordered: false });
}

/** A fresh reading contradicts every change that was proposed for these people: then it is over, verdicts included. */
export async function withdraw(context: Context, personIds: readonly string[]): Promise<void> {
  await withdrawWhere(context, personIds, { proposal: { $ne: null } });
}

/** It contradicts only the removals for this cause. */
export async function withdrawRemovals(
  context: Context,
  personIds: readonly string[],
  cause: Removal['cause'],
): Promise<void> {
  await withdrawWhere(context, personIds, { 'proposal.state.removal.cause': cause });
}

/** People who are not in the group any more are not to be added to it. */
export async function withdrawAdditions(context: Context, personIds: readonly string[]): Promise<void> {
  await withdrawWhere(context, personIds, { 'proposal.state.active': true });
}

/** A full run has read everybody who is to be added: whoever it doesn't propose any more is out of the group. */
export async function withdrawOtherAdditions(
  { stores, organisation }: Pick<Context, 'stores' | 'organisation'>,
  runId: string,
  touched: ReadonlySet<string>,
): Promise<void> {
  await stores.people.updateMany(
    {
      organisationId: organisation.id,
      'proposal.runId': { $exists: true, $ne: runId },
      'proposal.state.active': true,
      personId: { $nin: [...touched] },
    },
    { $set: { proposal: null } },
  );
}

async function withdrawWhere(
  { stores, organisation }: Pick<Context, 'stores' | 'organisation'>,
  personIds: readonly string[],
  which: object,
): Promise<void> {
  if (personIds.length === 0) return;
  const ids = personIds.map((personId) => personRecordId(organisation.id, personId));
  await stores.people.updateMany({ _id: { $in: ids }, ...which }, { $set: { proposal: null } });
}
