import { type Connection, type Model, Schema } from 'mongoose';

/** A person as the directory has them. */
export interface InspectedPerson {
  readonly id: string;
  readonly displayName: string | null;
  readonly userPrincipalName: string;
  readonly accountEnabled: boolean;
  /** In the organisation's group, nested groups included, by `checkMemberGroups`. */
  readonly isMember: boolean;
}

/** What one field of the learner would be, by the organisation's mapping: a value, none, or why it can't be read. */
export interface InspectedField {
  readonly field: string;
  readonly value: string | null;
  readonly problem: string | null;
}

/** What the directory said of one person when somebody asked: a fresh reading, kept for a day. */
export interface Inspection {
  /** The id of the request. */
  readonly _id: string;
  readonly organisationId: string;
  readonly at: Date;
  /** Whom it was asked about: an object id or a user principal name. */
  readonly lookUp: string;
  /** The organisation's group; null where it is not in the directory. */
  readonly root: { readonly id: string; readonly displayName: string | null } | null;
  /** Null where there is no such person. */
  readonly person: (InspectedPerson & { readonly userType: 'Member' | 'Guest' }) | null;
  /** The groups that have the person as a direct member; those that hide their members may be missing. */
  readonly groups: readonly { readonly id: string; readonly displayName: string | null }[];
  /** Null where they have none, or managers are not assigned. */
  readonly manager: InspectedPerson | null;
  readonly fields: readonly InspectedField[];
  /** Why it could not be read, in one sentence; what else is here is then as far as it came. */
  readonly problem: string | null;
}

const SECONDS_KEPT = 86_400;
const mixed = { type: Schema.Types.Mixed, default: null } as const;

const schema = new Schema<Inspection>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    at: { type: Date, required: true },
    lookUp: { type: String, required: true },
    root: mixed,
    person: mixed,
    groups: { type: Schema.Types.Mixed, default: [] },
    manager: mixed,
    fields: { type: Schema.Types.Mixed, default: [] },
    problem: { type: String, default: null },
  },
  { collection: 'inspections', versionKey: false, minimize: false },
);
schema.index({ at: 1 }, { expireAfterSeconds: SECONDS_KEPT });

export const inspectionModel = (connection: Connection): Model<Inspection> =>
  connection.model<Inspection>('Inspection', schema);
