import { type Direction, hashOf, judgeChanges, type Judgement } from '@learnamp/directory';
import { type PersonRecord, personRecordId, type Proposal } from '@learnamp/sync-state';
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
  const { open, decided } = await proposedBy(context, run.runId, direction);
  const judgement = await judge(context, direction, open);
  await hold(context, run.runId, judgement);
  await applyInSteps(context, run, judgement.apply, applyNow);
  await applyInSteps(context, run, decided, applyAgain);
}

interface Proposals {
  readonly open: ReadonlyMap<string, Pick<Proposal, 'heldSince' | 'verdict'>>;
  /**
   * People of whom the same was decided before, and profile-writer is behind: a full run compares with what it has
   * applied. They were counted then, and are not asked about again.
   */
  readonly decided: readonly string[];
}

async function proposedBy(
  { stores, organisation }: RunContext,
  runId: string,
  direction: Direction,
): Promise<Proposals> {
  const active = direction === 'addition';
  const records = await stores.people
    .find(
      { organisationId: organisation.id, 'proposal.runId': runId, 'proposal.state.active': active },
      'personId proposal.verdict proposal.heldSince emitted.state.active pending.active',
    )
    .lean<ProposedRecord[]>();
  const isDecided = ({ emitted, pending }: ProposedRecord) => (pending ?? emitted?.state)?.active === active;
  const open = records.filter((record) => !isDecided(record));
  return {
    open: new Map(open.map(({ personId, proposal }) => [personId, proposal])),
    decided: records.filter(isDecided).map(({ personId }) => personId),
  };
}

interface ProposedRecord {
  readonly personId: string;
  readonly proposal: Pick<Proposal, 'heldSince' | 'verdict'>;
  readonly emitted?: { readonly state: { readonly active: boolean } } | null;
  readonly pending?: { readonly active: boolean } | null;
}

async function judge(context: RunContext, direction: Direction, open: Proposals['open']): Promise<Judgement> {
  if (open.size === 0) return { apply: [], hold: [] };
  const { stores, organisation } = context;
  const [added, removed, active] = await Promise.all([
    changedLately(context, 'addition'),
    changedLately(context, 'removal'),
    stores.people.countDocuments({ organisationId: organisation.id, 'emitted.state.active': true }),
  ]);
  return judgeChanges({
    direction,
    proposed: new Map([...open].map(([personId, { verdict }]) => [personId, verdict])),
    waiting: new Set([...open].flatMap(([personId, { heldSince }]) => (heldSince === null ? [] : [personId]))),
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

async function applyInSteps(
  context: RunContext,
  run: Run,
  personIds: readonly string[],
  decide: (proposal: Proposal, emitted: PersonRecord['emitted']) => DecidedState,
): Promise<void> {
  for (let start = 0; start < personIds.length; start += AT_ONCE) {
    const ids = personIds.slice(start, start + AT_ONCE).map((id) => personRecordId(context.organisation.id, id));
    const records = await context.stores.people.find({ _id: { $in: ids } }, { proposal: 1, emitted: 1 }).lean();
    const decided = records.flatMap(({ proposal, emitted }) => (proposal ? [decide(proposal, emitted)] : []));
    await emitStates(context, run.runId, decided);
    run.counts.emitted += decided.length;
  }
}

function applyNow({ state, saidBy }: Proposal): DecidedState {
  const { removal } = state;
  const evident = removal && saidBy !== null ? { ...state, removal: { ...removal, approvedBy: saidBy } } : state;
  return { state: evident, hash: hashOf(evident), isCounted: saidBy === null };
}

/** A removal as it was proved and approved then; an addition as it was read just now. */
function applyAgain({ state: now }: Proposal, emitted: PersonRecord['emitted']): DecidedState {
  const then = emitted?.state;
  const state = then?.removal && then.removal.cause === now.removal?.cause ? then : now;
  return { state, hash: hashOf(state) };
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
