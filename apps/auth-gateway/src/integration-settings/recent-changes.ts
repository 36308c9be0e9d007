import type { LearnerDocument } from '@learnamp/learners';
import type { AuditEntry } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import { whoDid } from '../home/who-did.ts';

/** An entry of the audit log, as administrators are shown it. */
export const ChangeView = Type.Object({
  sequence: Type.Integer(),
  at: Type.String({ format: 'date-time' }),
  who: Type.String(),
  /** What was done, such as `settings changed`. */
  action: Type.String(),
  changes: Type.Array(Type.Object({ path: Type.String(), old: Type.Unknown(), new: Type.Unknown() })),
});
export type ChangeView = Static<typeof ChangeView>;

export interface RecentChangesDeps {
  readonly auditEntries: Model<AuditEntry>;
  readonly learners: Model<LearnerDocument>;
}

const SHOWN = 20;

/** The latest changes of an organisation's settings, the newest first. */
export async function recentChanges(deps: RecentChangesDeps, organisationId: string): Promise<ChangeView[]> {
  const entries = await deps.auditEntries.find({ organisationId }).sort({ sequence: -1 }).limit(SHOWN).lean();
  const whoOf = await whoDid(deps.learners, organisationId, entries);
  return entries.map(({ sequence, at, actor, action, changes }) => ({
    sequence,
    at: at.toISOString(),
    action,
    who: whoOf(actor),
    changes: [...changes],
  }));
}
