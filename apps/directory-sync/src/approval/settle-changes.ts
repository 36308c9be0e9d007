import { type Direction, hashOf, judgeChanges, type Judgement, type Verdict } from '@learnamp/directory';
import { personRecordId } from '@learnamp/sync-state';
import { type DecidedState, emitStates } from '../emission/emit-states.ts';
import type { RunContext } from '../runs/run-context.ts';
import type { RunReporter } from '../runs/run-reporter.ts';

const DAY = 24 * 60 * 60 * 1000;
const AT_ONCE = 500;

type Run = Pick<RunReporter, 'runId' | 'counts'>;

/**
 * The end of every run that may have proposed changes: counts them against the limits, holds them or lets them take
 * effect, and opens or closes the organisation's held set. Only what this run has decided takes effect. Additions come
 * first, because a set that they open holds every removal.
 */
export async function settleChanges(context: RunContext, run: Run): Promise<void> {
  for (const direction of ['addition', 'removal'] as const) await settle(context, run, direction);
  run.counts.held = await closeIfEmpty(context);
}

async function settle(context: RunContext, run: Run, direction: Direction): Promise<void> {
  const proposed = await proposedBy(context, run.runId, direction);
  if (proposed.size === 0) return;
  const judgement = await judge(context, direction, proposed);
  await hold(context, run.runId, judgement);
  for (let start = 0; start < judgement.apply.length; start += AT_ONCE) {
    await apply(context, run, judgement.apply.slice(start, start + AT_ONCE));
  }
}

async function proposedBy(
  { stores, organisation }: RunContext,
  runId: string,
  direction: Direction,
): Promise<ReadonlyMap<string, Verdict | null>> {
  const records = await stores.people
    .find(
      {
        organisationId: organisation.id,
        'proposal.runId': runId,
        'proposal.state.active': direction === 'addition',
      },
      'personId proposal.verdict',
    )
    .lean<{ personId: string; proposal: { verdict: Verdict | null } }[]>();
  return new Map(records.map(({ personId, proposal }) => [personId, proposal.verdict]));
}

async function judge(
  context: RunContext,
  direction: Direction,
  proposed: ReadonlyMap<string, Verdict | null>,
): Promise<Judgement> {
  const { stores, organisation } = context;
  const [added, removed, active] = await Promise.all([
    changedLately(context, 'addition'),
    changedLately(context, 'removal'),
    stores.people.countDocuments({ organisationId: organisation.id, 'emitted.state.active': true }),
  ]);
  return judgeChanges({
    direction,
    proposed,
    recent: direction === 'addition' ? added : removed,
    population: active - added + removed,
    isHolding: (await stores.heldSets.exists({ _id: organisation.id })) !== null,
    limits: organisation.provisioning.limits[direction],
  });
}

/** How many were changed within the last 24 hours without anybody's approval. */
async function changedLately({ stores, organisation, clock }: RunContext, direction: Direction): Promise<number> {
  return stores.people.countDocuments({
    organisationId: organisation.id,
    'changed.at': { $gt: new Date(clock().getTime() - DAY) },
    'changed.direction': direction,
    'changed.approved': false,
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
    { _id: { $in: ids }, 'proposal.heldSince': null },
    { $set: { 'proposal.heldSince': now } },
  );
}

async function apply(context: RunContext, run: Run, personIds: readonly string[]): Promise<void> {
  const ids = personIds.map((personId) => personRecordId(context.organisation.id, personId));
  const records = await context.stores.people.find({ _id: { $in: ids } }, { proposal: 1 }).lean();
  const decided = records.flatMap(({ proposal }): DecidedState[] => {
    if (!proposal) return [];
    const { state, saidBy } = proposal;
    const { removal } = state;
    const evident = removal && saidBy !== null ? { ...state, removal: { ...removal, approvedBy: saidBy } } : state;
    return [{ state: evident, hash: hashOf(evident), isCounted: saidBy === null }];
  });
  await emitStates(context, run.runId, decided);
  run.counts.emitted += decided.length;
}

/** A set of which nobody waits for a verdict is over. Returns how many wait. */
async function closeIfEmpty({ stores, organisation }: RunContext): Promise<number> {
  const waiting = await stores.people.countDocuments({
    organisationId: organisation.id,
    'proposal.heldSince': { $gt: new Date(0) },
    'proposal.verdict': null,
  });
  if (waiting === 0) await stores.heldSets.deleteOne({ _id: organisation.id });
  return waiting;
}
