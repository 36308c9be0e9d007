import type { UserState } from '@learnamp/contracts';
import type { WantedState } from '@learnamp/directory';
import { type Connection, type Model, Schema } from 'mongoose';

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
schema.index({ organisationId: 1, missingSince: 1 }, { partialFilterExpression: { missingSince: { $type: 'date' } } });

export const personRecordModel = (connection: Connection): Model<PersonRecord> =>
  connection.model<PersonRecord>('PersonRecord', schema);

export const personRecordId = (organisationId: string, personId: string) => `${organisationId}:${personId}`;
