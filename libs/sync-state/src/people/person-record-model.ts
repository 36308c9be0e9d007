import type { UserState } from '@learnamp/contracts';
import type { Verdict, WantedState } from '@learnamp/directory';
import { type Connection, type Model, Schema } from 'mongoose';

/** A removal that was proved and has not taken effect: about to, or held until somebody approves it. */
export interface Leaving {
  /** The inactive state that will be wanted, with cause and proof. */
  readonly state: WantedState;
  /** The run that proved it last. */
  readonly runId: string;
  readonly provedAt: Date;
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
  /** When the person's own resource was first answered with 404, until it is found again or removed. */
  readonly missingSince: Date | null;
  /** Since when the tree doesn't have the person although nothing proves that they left. */
  readonly outsideSince: Date | null;
  readonly leaving: Leaving | null;
  /** When the person was deactivated last, and whether somebody had approved it: what limits are counted from. */
  readonly removed: { readonly at: Date; readonly approved: boolean } | null;
}

const mixed = { type: Schema.Types.Mixed, default: null } as const;

const schema = new Schema<PersonRecord>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    personId: { type: String, required: true },
    pending: mixed,
    emitted: mixed,
    missingSince: { type: Date, default: null },
    outsideSince: { type: Date, default: null },
    leaving: mixed,
    removed: mixed,
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
for (const field of ['leaving.runId', 'leaving.heldSince', 'removed.at']) {
  schema.index({ organisationId: 1, [field]: 1 }, { partialFilterExpression: { [field]: { $exists: true } } });
}
schema.index({ organisationId: 1, missingSince: 1 }, { partialFilterExpression: { missingSince: { $type: 'date' } } });

export const personRecordModel = (connection: Connection): Model<PersonRecord> =>
  connection.model<PersonRecord>('PersonRecord', schema);

export const personRecordId = (organisationId: string, personId: string) => `${organisationId}:${personId}`;
