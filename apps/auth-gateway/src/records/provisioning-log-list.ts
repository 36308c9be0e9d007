import type { LearnerDocument, ProvisioningLogDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import { SOMEBODY_GONE } from '../home/names-of.ts';
import { nameOf } from '../home/profile.ts';
import { html } from '../pages/html.ts';
import { timeOf } from '../sync-runs/time-of.ts';
import { DayOrMoment, within } from './dates.ts';
import { learnersLike } from './learners-like.ts';
import type { RecordList } from './record-list.ts';

const actions = {
  created: 'created',
  updated: 'updated',
  deactivated: 'deactivated',
  reactivated: 'reactivated',
  kept: 'kept as the last Owner',
  linked: 'linked',
  unlinked: 'unlinked',
} as const;
/** Why somebody was removed, in words. */
export const causes = { left: 'left the group', deleted: 'deleted', disabled: 'disabled' } as const;

const Value = Type.Union([Type.String(), Type.Boolean(), Type.Null()]);
const Text = Type.Union([Type.String(), Type.Null()]);
/** What provisioning did to somebody, once. */
const LogEntry = Type.Object({
  at: Type.String({ format: 'date-time' }),
  learnerId: Type.String(),
  /** Of the learner as they are now; null of who isn't there any more. */
  person: Text,
  email: Text,
  action: Type.String(),
  changes: Type.Array(Type.Object({ field: Type.String(), old: Value, new: Value })),
  /** Why somebody was removed, and what proved it. */
  reason: Text,
  proof: Text,
  runId: Type.String(),
  /** By which groups they were in scope, from the organisation's own. */
  groups: Type.Array(Type.String()),
});
type LogEntry = Static<typeof LogEntry>;

export interface ProvisioningLogDeps {
  readonly provisioningLog: Model<ProvisioningLogDocument>;
  readonly learners: Model<LearnerDocument>;
}

/** What provisioning changed, of whom and why. */
export const provisioningLogList = (deps: ProvisioningLogDeps): RecordList<ProvisioningLogDocument, LogEntry> => ({
  name: 'provisioning-log',
  title: 'Provisioning log',
  about: 'What provisioning changed, of whom, why, and in which run. Newest first.',
  scope: 'provisioning:read',
  model: deps.provisioningLog,
  order: {
    name: 'provisioning-log',
    keys: [
      { path: 'at', direction: -1, type: 'date' },
      { path: '_id', direction: -1, type: 'string' },
    ],
  },
  exportOrder: 'newest first',
  json: 'array',
  filters: {
    person: Type.Optional(Type.String({ maxLength: 320 })),
    /** Exactly one, by id. */
    learner: Type.Optional(Type.String({ maxLength: 64 })),
    field: Type.Optional(Type.String({ maxLength: 64 })),
    action: Type.Optional(Type.Union(Object.keys(actions).map((action) => Type.Literal(action)))),
    reason: Type.Optional(Type.Union(Object.keys(causes).map((cause) => Type.Literal(cause)))),
    run: Type.Optional(Type.String({ maxLength: 64 })),
    from: Type.Optional(DayOrMoment),
    to: Type.Optional(DayOrMoment),
  },
  fields: [
    { name: 'person', label: 'Email or name', type: 'text' },
    { name: 'field', label: 'Field', type: 'text' },
    { name: 'action', label: 'What happened', type: 'select', choices: actions },
    { name: 'reason', label: 'Why removed', type: 'select', choices: causes },
    { name: 'run', label: 'Run', type: 'text' },
    { name: 'from', label: 'From', type: 'date' },
    { name: 'to', label: 'To', type: 'date' },
  ],
  item: LogEntry,
  filterOf: async ({ id: organisationId }, { person, learner, field, action, reason, run, from, to }) => ({
    organisationId,
    ...(await whose(deps, organisationId, { person, learner })),
    ...(field === undefined ? {} : { 'changes.field': field }),
    ...(action === undefined ? {} : { action: action as ProvisioningLogDocument['action'] }),
    ...(reason === undefined ? {} : { 'removal.cause': reason as keyof typeof causes }),
    ...(run === undefined ? {} : { runId: run }),
    ...within('at', { from, to }),
  }),
  itemsOf: async ({ id: organisationId }, entries) => {
    const ids = [...new Set(entries.map(({ learnerId }) => learnerId))];
    const found = await deps.learners.find({ organisationId, _id: { $in: ids } }, 'fields').lean<LearnerDocument[]>();
    const learners = new Map(found.map((learner) => [learner._id, learner]));
    return entries.map((entry) => entryOf(entry, learners.get(entry.learnerId)));
  },
  columns: ['At', 'Person', 'Email', 'Action', 'Field', 'Old', 'New', 'Reason', 'Proof', 'Run', 'Groups', 'Learner'],
  cells: ({ at, person, email, action, changes, reason, proof, runId, groups, learnerId }) =>
    (changes.length > 0 ? changes : [{ field: '', old: null, new: null }]).map((change) => [
      ...[at, person, email, action, change.field, change.old, change.new],
      ...[reason, proof, runId, groups.join(' > '), learnerId],
    ]),
  headings: ['When', 'Who', 'What', 'Why'],
  row: ({ at, person, email, action, changes, reason, proof, runId, groups }) => [
    timeOf(at),
    html`${person ?? SOMEBODY_GONE} ${email ? html`<span class="note">${email}</span>` : undefined}`,
    html`${actions[action as keyof typeof actions]}
    ${changes.map(({ field, old, new: now }) => html`<span class="note">${field}: ${JSON.stringify(old)} → ${JSON.stringify(now)}</span>`)}`,
    html`${reason ? causes[reason as keyof typeof causes] : undefined}
      ${proof ? html`<span class="note">${proof}</span>` : undefined}
      ${groups.length > 0 ? html`<span class="note">${groups.join(' → ')}</span>` : undefined}
      <a class="note" href="/provisioning-log?run=${encodeURIComponent(runId)}">All of this run</a>`,
  ],
});

/** Entries of whoever has that name or address, of one learner, or of that learner if they have it. */
async function whose(
  { learners }: ProvisioningLogDeps,
  organisationId: string,
  { person, learner }: { readonly person: string | undefined; readonly learner: string | undefined },
) {
  if (person === undefined) return learner === undefined ? {} : { learnerId: learner };
  const named = await learnersLike(learners, organisationId, person);
  return { learnerId: { $in: learner === undefined ? named : named.filter((id) => id === learner) } };
}

function entryOf(entry: ProvisioningLogDocument, learner: LearnerDocument | undefined): LogEntry {
  const { at, learnerId, action, changes, removal, runId, path = [] } = entry;
  return {
    at: at.toISOString(),
    learnerId,
    person: learner ? nameOf(learner) : null,
    email: learner?.fields.email ?? null,
    action,
    changes: changes.map((change) => ({ ...change })),
    reason: removal?.cause ?? null,
    proof: removal?.proof ?? null,
    runId,
    groups: groupsOf(path),
  };
}

const groupsOf = (path: NonNullable<ProvisioningLogDocument['path']>): string[] =>
  path.map(({ id, name }) => name ?? id);
