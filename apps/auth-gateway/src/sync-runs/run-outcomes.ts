import type { LearnerDocument, OutcomeRowDocument, PlannedOutcome, ProvisioningLogDocument } from '@learnamp/learners';
import type { Model, QueryFilter } from 'mongoose';
import Type, { type Static } from 'typebox';
import { namesOf, SOMEBODY_GONE } from '../home/names-of.ts';
import type { ListOrder } from '../paging/cursor.ts';
import { Next, type PageQuery, pageQueryWith, readPage } from '../paging/read-page.ts';
import { reasonOf } from './outcome-reasons.ts';

const outcomes = ['created', 'updated', 'unchanged', 'deactivated', 'conflict', 'kept', 'held', 'unconfirmed'] as const;

const Value = Type.Union([Type.String(), Type.Boolean(), Type.Null()]);
const orNull = Type.Union([Type.String(), Type.Null()]);

/** What a run did to one person; of a preview, what a full run would do. */
export const RunOutcomes = Type.Object({
  items: Type.Array(
    Type.Object({
      personId: Type.String(),
      /** Null where nobody knows yet whose learner they are. */
      learnerId: orNull,
      name: Type.String(),
      /** `conflict`, `held` and `unconfirmed`: only of a preview. `kept`: active as the last Owner. */
      outcome: Type.String(),
      changes: Type.Array(Type.Object({ field: Type.String(), old: Value, new: Value })),
      /** Why they are removed, wait or stay, in words. */
      reason: orNull,
    }),
  ),
  next: Next,
});
export type RunOutcomes = Static<typeof RunOutcomes>;

export const OutcomesQuery = pageQueryWith({
  /** Without it all but `unchanged`. */
  outcome: Type.Optional(Type.Union(outcomes.map((outcome) => Type.Literal(outcome)))),
});
export type OutcomesQuery = PageQuery & { readonly outcome?: PlannedOutcome };

export interface RunOutcomesDeps {
  readonly outcomeRows: Model<OutcomeRowDocument>;
  readonly provisioningLog: Model<ProvisioningLogDocument>;
  readonly learners: Model<LearnerDocument>;
}

interface OfRun {
  readonly organisationId: string;
  readonly runId: string;
}

const order: ListOrder = { name: 'run outcomes', keys: [{ path: '_id', direction: 1, type: 'string' }] };

/** A page of what a run did, one person after the other by their id. */
export async function readOutcomes(
  deps: RunOutcomesDeps,
  of: OfRun,
  { outcome, ...page }: OutcomesQuery,
): Promise<RunOutcomes> {
  const { items: rows, next } = await readPage(deps.outcomeRows, await filterOf(deps, of, outcome), order, page);
  const entryIds = rows.flatMap(({ learnerId, version }) => (learnerId === null ? [] : [`${learnerId}:${version}`]));
  const [names, entries] = await Promise.all([
    namesOf(
      deps.learners,
      of.organisationId,
      rows.flatMap(({ learnerId }) => learnerId ?? []),
    ),
    deps.provisioningLog.find({ organisationId: of.organisationId, runId: of.runId, _id: { $in: entryIds } }).lean(),
  ]);
  const entryOf = new Map(entries.map((entry) => [entry._id, entry]));
  const items = rows.map((row) => itemOf(row, entryOf.get(`${row.learnerId}:${row.version}`), names));
  return { items, next };
}

/** Who is kept as the last Owner is unchanged by the count of rows; only the log says why. */
async function filterOf(
  { provisioningLog }: RunOutcomesDeps,
  { organisationId, runId }: OfRun,
  outcome: PlannedOutcome | undefined,
): Promise<QueryFilter<OutcomeRowDocument>> {
  const entries = await provisioningLog.find({ organisationId, runId, action: 'kept' }, 'personId').lean();
  const kept = entries.map(({ personId }) => `${runId}:${personId}`);
  const ofRun = { organisationId, runId };
  if (outcome === 'unchanged') return { ...ofRun, outcome, _id: { $nin: kept } };
  const wanted = outcome === undefined ? outcomes.filter((one) => one !== 'unchanged') : [outcome];
  const row = { ...ofRun, outcome: { $in: wanted } };
  if (kept.length === 0 || !wanted.includes('kept')) return row;
  return { $or: [row, { ...ofRun, _id: { $in: kept } }] };
}

function itemOf(
  { personId, learnerId, outcome, planned }: OutcomeRowDocument,
  entry: ProvisioningLogDocument | undefined,
  names: ReadonlyMap<string, string>,
): RunOutcomes['items'][number] {
  const told = planned && ([planned.displayName, planned.userPrincipalName].find((name) => name) ?? undefined);
  const isKept = entry?.action === 'kept';
  return {
    ...{ personId, learnerId, outcome: isKept ? 'kept' : outcome },
    name: told ?? names.get(learnerId ?? '') ?? SOMEBODY_GONE,
    changes: (planned?.changes ?? entry?.changes ?? []).map((change) => ({ ...change })),
    reason: reasonOf({ outcome, planned, entry }),
  };
}
