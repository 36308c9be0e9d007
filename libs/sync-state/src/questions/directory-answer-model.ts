import type { SyncRequest } from '@learnamp/contracts';
import type { TreeRow } from '@learnamp/directory';
import { type Connection, type Model, Schema } from 'mongoose';

export interface NamedGroup {
  readonly id: string;
  readonly displayName: string | null;
}

/** What there is below a group. */
export interface AnsweredGroup extends NamedGroup {
  /** Everybody once, however many ways lead there. */
  readonly people: number;
  /** How many groups are nested in it, at any depth. */
  readonly nested: number;
  /** It and those nested in it, as far as can be shown; a group that is in several is shown where it is met first. */
  readonly tree: readonly TreeRow[];
}

export interface AskedPermission {
  readonly name: string;
  /** `unknown` where it can't be told while another one is missing; `unneeded` where nothing asks for it. */
  readonly state: 'granted' | 'missing' | 'unknown' | 'unneeded';
  /** What doesn't work without it. */
  readonly stops: string;
}

/** What the directory said when somebody asked about a group, about groups, or about permissions: kept for a day. */
export interface DirectoryAnswer {
  /** The id of the request. */
  readonly _id: string;
  readonly organisationId: string;
  readonly at: Date;
  /** Of the organisation's settings when it was asked. */
  readonly revision: number;
  readonly question: NonNullable<SyncRequest['question']>;
  readonly lookUp: string | null;
  /** Null where there is no such group, or nobody asked. */
  readonly group: AnsweredGroup | null;
  readonly groups: readonly NamedGroup[];
  readonly permissions: readonly AskedPermission[];
  /** Why it could not be read, in one sentence. */
  readonly problem: string | null;
}

const SECONDS_KEPT = 86_400;
const list = { type: Schema.Types.Mixed, default: [] } as const;

const schema = new Schema<DirectoryAnswer>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    at: { type: Date, required: true },
    revision: { type: Number, required: true },
    question: { type: String, required: true },
    lookUp: { type: String, default: null },
    group: { type: Schema.Types.Mixed, default: null },
    groups: list,
    permissions: list,
    problem: { type: String, default: null },
  },
  { collection: 'directoryAnswers', versionKey: false, minimize: false },
);
schema.index({ at: 1 }, { expireAfterSeconds: SECONDS_KEPT });

export const directoryAnswerModel = (connection: Connection): Model<DirectoryAnswer> =>
  connection.model<DirectoryAnswer>('DirectoryAnswer', schema);
