import type { LearnerDocument } from '@learnamp/learners';
import type { AuditEntry } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import { whoDid } from '../home/who-did.ts';
import { html } from '../pages/html.ts';
import { timeOf } from '../sync-runs/time-of.ts';
import { DayOrMoment, within } from './dates.ts';
import type { RecordList } from './record-list.ts';

/** An entry of the audit log. `hash` is of the entry and of the hash before it, so that none can be changed unnoticed. */
const Entry = Type.Object({
  sequence: Type.Integer({ minimum: 1 }),
  at: Type.String({ format: 'date-time' }),
  /** By name, as they are now. */
  who: Type.String(),
  actor: Type.Object({ kind: Type.String(), id: Type.String() }),
  action: Type.String(),
  changes: Type.Array(Type.Object({ path: Type.String(), old: Type.Unknown(), new: Type.Unknown() })),
  previousHash: Type.String(),
  hash: Type.String(),
});
type Entry = Static<typeof Entry>;

export interface AuditListDeps {
  readonly auditEntries: Model<AuditEntry>;
  readonly learners: Model<LearnerDocument>;
}

/** Who did what to the organisation. Its export as JSON has the entries as they were hashed, oldest first. */
export const auditList = ({ auditEntries, learners }: AuditListDeps): RecordList<AuditEntry, Entry> => ({
  name: 'audit-log',
  title: 'Audit log',
  about:
    'Who changed which setting, and who asked for what. Entries are never changed, and each carries the hash of the one before it.',
  scope: 'settings:read',
  model: auditEntries,
  order: { name: 'audit-log', keys: [{ path: 'sequence', direction: -1, type: 'number' }] },
  exportOrder: 'oldest first',
  json: 'lines',
  filters: {
    action: Type.Optional(Type.String({ maxLength: 64 })),
    from: Type.Optional(DayOrMoment),
    to: Type.Optional(DayOrMoment),
  },
  fields: [
    { name: 'action', label: 'Action', type: 'text' },
    { name: 'from', label: 'From', type: 'date' },
    { name: 'to', label: 'To', type: 'date' },
  ],
  item: Entry,
  filterOf: ({ id: organisationId }, { action, from, to }) =>
    Promise.resolve({
      organisationId,
      ...(action === undefined ? {} : { action: action as AuditEntry['action'] }),
      ...within('at', { from, to }),
    }),
  itemsOf: async ({ id: organisationId }, entries) => {
    const whoOf = await whoDid(learners, organisationId, entries);
    return entries.map(({ sequence, at, actor, action, changes, previousHash, hash }) => ({
      ...{ sequence, at: at.toISOString(), actor, action, changes: [...changes], previousHash, hash },
      who: whoOf(actor),
    }));
  },
  exported: ({ organisationId, sequence, at, actor, action, changes, previousHash, hash }) => ({
    ...{ organisationId, sequence, at: at.toISOString(), actor, action, changes, previousHash, hash },
  }),
  columns: ['Sequence', 'At', 'Who', 'Actor', 'Action', 'Path', 'Old', 'New', 'Previous hash', 'Hash'],
  cells: ({ sequence, at, who, actor, action, changes, previousHash, hash }) =>
    (changes.length > 0 ? changes : [{ path: '', old: null, new: null }]).map(({ path, old, new: now }) => [
      ...[sequence, at, who, `${actor.kind} ${actor.id}`, action, path, old, now, previousHash, hash],
    ]),
  headings: ['No.', 'When', 'Who', 'What'],
  row: ({ sequence, at, who, action, changes }) => [
    String(sequence),
    timeOf(at),
    who,
    html`${action}
    ${changes.map(({ path, old, new: now }) => html`<span class="note">${path}: ${JSON.stringify(old)} → ${JSON.stringify(now)}</span>`)}`,
  ],
});
