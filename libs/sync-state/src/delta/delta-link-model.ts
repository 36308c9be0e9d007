import { type Connection, type Model, Schema } from 'mongoose';

/** Where a delta query goes on. One link follows all users of the tenant; others follow up to 50 people or groups each. */
export interface DeltaLink {
  readonly _id: string;
  readonly organisationId: string;
  readonly kind: 'users' | 'groups';
  readonly link: string;
  /** The groups that a `groups` link follows. */
  readonly groupIds: readonly string[];
  /** The people that a `users` link follows; absent where it follows everybody of the tenant. */
  readonly userIds?: readonly string[];
  /** Digest of the selected properties: a link taken for others doesn't speak of these. */
  readonly selectHash: string;
  /** Others have taken its place, and a full run has read what they don't tell: followed one last time, then dropped. */
  readonly replaced?: boolean;
  /** No full run has come to its end since it was taken. */
  readonly awaitsFullRun: boolean;
}

const schema = new Schema<DeltaLink>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    kind: { type: String, required: true },
    link: { type: String, required: true },
    groupIds: { type: [String], default: [] },
    userIds: { type: [String], default: undefined },
    selectHash: { type: String, required: true },
    replaced: Boolean,
    awaitsFullRun: { type: Boolean, default: false },
  },
  { collection: 'deltaLinks', versionKey: false },
);
schema.index({ organisationId: 1 });

export const deltaLinkModel = (connection: Connection): Model<DeltaLink> =>
  connection.model<DeltaLink>('DeltaLink', schema);
