import type { UserState } from '@learnamp/contracts';
import type { Direction, Verdict, WantedState } from '@learnamp/directory';
import { type Connection, type Model, Schema } from 'mongoose';

/**
 * A change that was decided and has not taken effect: it will at the end of its run, or is held until somebody approves
 * it. An active state is an addition, an inactive one a removal.
 */
export interface Proposal {
  /** The state that will be wanted; a removal with its cause and proof. */
  readonly state: WantedState;
  /** The run that decided it last. */
  readonly runId: string;
  readonly decidedAt: Date;
  readonly heldSince: Date | null;
  readonly verdict: Verdict | null;
  /** Who gave the verdict. */
  readonly saidBy: string | null;
}

/** What directory-sync knows of one person: the state it emitted last, and the one it is about to emit. */
export interface PersonRecord {
  /** `organisationId:personId` */
  readonly _id: string;
  readonly organisationId: string;
  readonly personId: string;
  /** Decided and stored, not yet acknowledged by the bus. Whoever finds it re-emits it under an epoch of their own. */
  readonly pending: UserState | null;
  /** Acknowledged by the bus. */
  readonly emitted: { readonly version: string; readonly hash: string; readonly state: WantedState } | null;
  /** Who was their manager last, where the emitted state has none: it may be that they were deleted, and come back. */
  readonly formerManagerId: string | null;
  /** When the person's own resource was first answered with 404, until it is found again or removed. */
  readonly missingSince: Date | null;
  /** Since when the tree doesn't have the person although nothing proves that they left. */
  readonly outsideSince: Date | null;
  /** Since when the directory says that they are no member, while nobody is left to show that it answers rightly. */
  readonly notMemberSince: Date | null;
  /** When to look at the person again: what was read of them may have come from a replica that lags. */
  readonly lookAgainAt: Date | null;
  /** When the tree lost the person: a deleted account that is restored is in its groups again, and no group tells of it. */
  readonly lostAt: Date | null;
  /** Until when somebody who left stays active all the same, because the organisation wants it so. */
  readonly keptUntil: Date | null;
  readonly proposal: Proposal | null;
  /** When the person was added or removed last, and whether somebody had approved it: what limits are counted from. */
  readonly changed: { readonly at: Date; readonly direction: Direction; readonly approved: boolean } | null;
}

const mixed = { type: Schema.Types.Mixed, default: null } as const;

const schema = new Schema<PersonRecord>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    personId: { type: String, required: true },
    pending: mixed,
    emitted: mixed,
    formerManagerId: { type: String, default: null },
    missingSince: { type: Date, default: null },
    outsideSince: { type: Date, default: null },
    notMemberSince: { type: Date, default: null },
    lookAgainAt: { type: Date, default: null },
    lostAt: { type: Date, default: null },
    keptUntil: { type: Date, default: null },
    proposal: mixed,
    changed: mixed,
  },
  { collection: 'personRecords', versionKey: false, minimize: false },
);
schema.index({ organisationId: 1, 'emitted.state.active': 1 });
schema.index({ organisationId: 1, personId: 1 });
schema.index({ organisationId: 1, outsideSince: 1 }, { partialFilterExpression: { outsideSince: { $type: 'date' } } });
schema.index(
  { organisationId: 1, 'pending.version': 1 },
  { partialFilterExpression: { pending: { $type: 'object' } } },
);
// Few people have these at a time; a query that names the field itself is answered from its index.
for (const field of ['proposal.runId', 'proposal.heldSince', 'changed.at']) {
  schema.index({ organisationId: 1, [field]: 1 }, { partialFilterExpression: { [field]: { $exists: true } } });
}
for (const field of ['emitted.state.managerId', 'formerManagerId']) {
  schema.index({ organisationId: 1, [field]: 1 }, { partialFilterExpression: { [field]: { $type: 'string' } } });
}
for (const field of ['missingSince', 'lookAgainAt', 'lostAt']) {
  schema.index({ organisationId: 1, [field]: 1 }, { partialFilterExpression: { [field]: { $type: 'date' } } });
}

export const personRecordModel = (connection: Connection): Model<PersonRecord> =>
  connection.model<PersonRecord>('PersonRecord', schema);

export const personRecordId = (organisationId: string, personId: string) => `${organisationId}:${personId}`;
