import { type Connection, type Model, Schema } from 'mongoose';

export interface OfferedDepartment {
  /** As `departmentTeamId` says, whichever team its people are in. */
  readonly departmentId: string;
  /** As people know the team, or as the directory spells the new department. */
  readonly name: string;
}

/** That a department seems to have another name now, for an administrator to say. One row for two departments. */
export interface RenameOfferDocument {
  /** See `renameOfferId`. */
  readonly _id: string;
  readonly organisationId: string;
  readonly from: OfferedDepartment;
  readonly to: OfferedDepartment;
  /** How many of those who were in the one department are in the other. */
  readonly moved: number;
  readonly of: number;
  /** The moves are those after this time. */
  readonly since: Date;
  /** `withdrawn`: it isn't so any more. */
  readonly state: 'open' | 'accepted' | 'dismissed' | 'withdrawn';
  readonly offeredAt: Date;
  readonly answer: { readonly commandId: string; readonly by: string; readonly at: Date } | null;
}

const mixed = { type: Schema.Types.Mixed, required: true } as const;

const schema = new Schema<RenameOfferDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    from: mixed,
    to: mixed,
    moved: { type: Number, required: true },
    of: { type: Number, required: true },
    since: { type: Date, required: true },
    state: { type: String, required: true, enum: ['open', 'accepted', 'dismissed', 'withdrawn'] },
    offeredAt: { type: Date, required: true },
    answer: { type: Schema.Types.Mixed, default: null },
  },
  { collection: 'renameOffers', versionKey: false },
);
schema.index({ organisationId: 1, state: 1, offeredAt: 1 });

export const renameOfferModel = (connection: Connection): Model<RenameOfferDocument> =>
  connection.model<RenameOfferDocument>('RenameOffer', schema);

export const renameOfferId = (organisationId: string, from: string, to: string): string =>
  `${organisationId}:${from}:${to}`;
