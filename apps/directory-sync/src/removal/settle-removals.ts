import { hashOf, judgeRemovals, type Judgement } from '@learnamp/directory';
import { type PersonRecord, personRecordId } from '@learnamp/sync-state';
import { type DecidedState, emitStates } from '../emission/emit-states.ts';
import type { RunContext } from '../runs/run-context.ts';
import type { RunReporter } from '../runs/run-reporter.ts';

const DAY = 24 * 60 * 60 * 1000;

type Run = Pick<RunReporter, 'runId' | 'counts'>;
type Proved = Pick<PersonRecord, 'personId'> & { readonly leaving: NonNullable<PersonRecord['leaving']> };

/**
 * The end of every run that may have proved removals: counts them against the limits, holds them or lets them take
 * effect, and opens or closes the organisation's held set. Only what this run has proved takes effect.
 */
export async function settleRemovals(context: RunContext, run: Run): Promise<void> {
  const { stores, organisation } = context;
  const proved = (await stores.people
    .find({ organisationId: organisation.id, 'leaving.runId': run.runId }, { personId: 1, leaving: 1 })
    .lean()) as Proved[];
  if (proved.length > 0) {
    const judgement = await judge(context, proved);
    await hold(context, run.runId, judgement);
    await apply(context, run, proved, judgement);
  }
  run.counts.held = await closeIfEmpty(context);
}

async function judge(context: RunContext, proved: readonly Proved[]): Promise<Judgement> {
  const { stores, organisation, clock } = context;
  const since = new Date(clock().getTime() - DAY);
  const recent = await stores.people.countDocuments({
    organisationId: organisation.id,
    'removed.at': { $gt: since },
    'removed.approved': false,
  });
  const active = await stores.people.countDocuments({ organisationId: organisation.id, 'emitted.state.active': true });
  return judgeRemovals({
    proved: new Map(proved.map(({ personId, leaving }) => [personId, leaving.verdict])),
    recent,
    population: active + recent,
    isHolding: (await stores.heldSets.exists({ _id: organisation.id })) !== null,
    limits: organisation.provisioning.removalLimits,
  });
}

/** The set is open before anybody is marked: a crash in between holds too many, never too few. */
async function hold({ stores, organisation, clock }: RunContext, runId: string, judgement: Judgement): Promise<void> {
  if (judgement.hold.length === 0) return;
  const now = clock();
  await stores.heldSets.updateOne(
    { _id: organisation.id },
    { $setOnInsert: { openedAt: now, runId, reason: judgement.reason ?? '' } },
    { upsert: true },
  );
  const ids = judgement.hold.map((personId) => personRecordId(organisation.id, personId));
  await stores.people.updateMany(
    { _id: { $in: ids }, 'leaving.heldSince': null },
    { $set: { 'leaving.heldSince': now } },
  );
}

async function apply(context: RunContext, run: Run, proved: readonly Proved[], judgement: Judgement): Promise<void> {
  const wanted = new Set(judgement.apply);
  const decided = proved
    .filter(({ personId }) => wanted.has(personId))
    .map(({ leaving: { state, saidBy } }): DecidedState => {
      const { removal } = state;
      const evidence = removal && saidBy !== null ? { ...state, removal: { ...removal, approvedBy: saidBy } } : state;
      return { state: evidence, hash: hashOf(evidence) };
    });
  run.counts.emitted += decided.length;
  await emitStates(context, run.runId, decided);
}

/** A set of which nobody waits for a verdict is over. Returns how many wait. */
async function closeIfEmpty({ stores, organisation }: RunContext): Promise<number> {
  const waiting = await stores.people.countDocuments({
    organisationId: organisation.id,
    'leaving.heldSince': { $gt: new Date(0) },
    'leaving.verdict': null,
  });
  if (waiting === 0) await stores.heldSets.deleteOne({ _id: organisation.id });
  return waiting;
}
