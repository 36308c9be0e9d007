import type { Removal, WantedState } from '@learnamp/directory';
import { personRecordId } from '@learnamp/sync-state';
import type { RunContext } from '../runs/run-context.ts';

type Context = Pick<RunContext, 'stores' | 'organisation' | 'clock'>;

/**
 * Notes removals that were proved just now. Nothing takes effect before the run's end, when all that it proved is
 * counted. A verdict holds as long as the cause does; another cause is another question.
 */
export async function noteLeaving(
  { stores, organisation, clock }: Context,
  runId: string,
  states: readonly WantedState[],
): Promise<void> {
  if (states.length === 0) return;
  const provedAt = clock();
  const operations = states.map((state) => {
    const proved = { state, runId, provedAt };
    const sameCause = { $eq: ['$leaving.state.removal.cause', state.removal?.cause ?? null] };
    const known = { $mergeObjects: ['$leaving', { $literal: proved }] };
    const first = { $literal: { ...proved, heldSince: null, verdict: null, saidBy: null } };
    return {
      updateOne: {
        filter: { _id: personRecordId(organisation.id, state.personId) as never },
        update: [
          {
            $set: {
              organisationId: organisation.id,
              personId: state.personId,
              leaving: { $cond: [sameCause, known, first] },
            },
          },
        ],
        upsert: true,
      },
    };
  });
  await stores.people.collection.bulkWrite(operations, { ordered: false });
}

/** A fresh reading contradicts what was proved of these people, for these causes: then it is over, verdicts included. */
export async function forgetLeaving(
  { stores, organisation }: Pick<Context, 'stores' | 'organisation'>,
  personIds: readonly string[],
  causes: readonly Removal['cause'][],
): Promise<void> {
  if (personIds.length === 0) return;
  const ids = personIds.map((personId) => personRecordId(organisation.id, personId));
  await stores.people.updateMany(
    { _id: { $in: ids }, 'leaving.state.removal.cause': { $in: causes } },
    { $set: { leaving: null } },
  );
}
