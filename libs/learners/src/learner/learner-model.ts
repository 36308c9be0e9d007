import type { CustomFields, FieldRules, GroupPath, LearnerFields, Removal } from '@learnamp/contracts';
import { type Connection, type Model, Schema } from 'mongoose';

/** What the directory said of a learner last: the state of the `microsoft` source as it was applied. */
export interface MicrosoftSource {
  /** The person's Entra object id. */
  readonly personId: string;
  readonly version: string;
  readonly hash: string;
  readonly active: boolean;
  readonly removal: Removal | null;
  readonly userPrincipalName: string;
  readonly userType: 'Member' | 'Guest';
  readonly mail?: string;
  readonly employeeId?: string;
  readonly fields: LearnerFields;
  readonly customFields?: CustomFields;
  readonly fieldRules?: FieldRules;
  /** Fields of "create only" whose first value is still to come: unreadable when the learner was made, and ever since. */
  readonly awaitedFields?: readonly string[];
  readonly managerId: string | null;
  /** By which groups the person was in scope, when that was told last. */
  readonly path?: GroupPath;
}

/** What was said of a learner by hand: the whole state of the `manual` source. */
export interface ManualSource {
  /** The source's own id: that of the command that brought the learner. */
  readonly id: string;
  /** Counts the changes, so that nobody writes over one that they didn't see. */
  readonly version: number;
  /** The command that changed it last. */
  readonly commandId: string;
  readonly active: boolean;
  readonly employeeId: string | null;
  readonly userPrincipalName: string | null;
  readonly fields: LearnerFields;
  readonly customFields?: CustomFields;
}

/** A person of the directory who was linked to a learner once. Their states don't speak of this learner any more. */
export interface FormerLink {
  readonly personId: string;
  /** Version of the state that was applied last. */
  readonly version: string;
  readonly userPrincipalName: string;
  readonly employeeId?: string;
  /** Somebody else's object id took its place, or an administrator said that it is somebody else. */
  readonly ended: 'replaced' | 'unlinked';
  /** The command by which an administrator ended it. */
  readonly commandId?: string;
}

/** A learner: one account of one organisation. Only profile-writer writes it. */
export interface LearnerDocument {
  readonly _id: string;
  readonly organisationId: string;
  readonly active: boolean;
  /** The values shown, computed from the sources by field ownership. */
  readonly fields: LearnerFields;
  /** Shown values of the fields that the organisation defines, by their ids; absent until one is mapped. */
  readonly customFields?: CustomFields;
  readonly sources: { readonly microsoft: MicrosoftSource | null; readonly manual?: ManualSource };
  readonly formerLinks?: readonly FormerLink[];
  /** Employee ids and addresses, normalised, by which the learner is found for somebody whom the directory brings. */
  readonly matchKeys?: readonly string[];
  /** The override manager; `learnerId` is null until that person is a learner too. */
  readonly manager: { readonly personId: string; readonly learnerId: string | null } | null;
  readonly primaryTeamId: string | null;
  /** Raised by whatever must end the learner's sessions, such as a deactivation. */
  readonly sessionVersion: number;
  /** When the learner first came, by an invitation or by signing in; nobody invites them any more. */
  readonly joinedAt?: Date;
  /**
   * A leaver whom this database never saw as a learner: kept without a profile, for its version alone, so that an older
   * state that comes late can't bring the person back. Shown nowhere and nobody's manager.
   */
  readonly tombstone?: true;
  /** Active although the directory says otherwise, because there is no other active Owner. */
  readonly keptAsLastOwner?: true;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const mixed = { type: Schema.Types.Mixed, default: null } as const;

const schema = new Schema<LearnerDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    active: { type: Boolean, required: true },
    fields: mixed,
    customFields: Schema.Types.Mixed,
    sources: { microsoft: mixed, manual: Schema.Types.Mixed },
    formerLinks: { type: Schema.Types.Mixed },
    matchKeys: { type: [String], default: undefined },
    manager: mixed,
    primaryTeamId: { type: String, default: null },
    sessionVersion: { type: Number, default: 1 },
    joinedAt: Date,
    tombstone: Boolean,
    keptAsLastOwner: Boolean,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'learners', versionKey: false, minimize: false },
);
schema.index(
  { organisationId: 1, 'sources.microsoft.personId': 1 },
  { unique: true, partialFilterExpression: { 'sources.microsoft.personId': { $type: 'string' } } },
);
schema.index(
  { organisationId: 1, 'formerLinks.personId': 1 },
  { partialFilterExpression: { 'formerLinks.personId': { $exists: true } } },
);
schema.index({ organisationId: 1, matchKeys: 1 });
// Answered from the index alone: who is active, and who manages how many of them.
schema.index({ organisationId: 1, active: 1, 'manager.learnerId': 1, 'manager.personId': 1, _id: 1 });
// Administrators look through everybody by name, and see how many there are of each kind.
schema.index({ organisationId: 1, 'fields.displayName': 1, _id: 1 });
schema.index({ organisationId: 1, 'sources.microsoft.active': 1 });
schema.index({ organisationId: 1, tombstone: 1 }, { partialFilterExpression: { tombstone: true } });
schema.index({ organisationId: 1, keptAsLastOwner: 1 }, { partialFilterExpression: { keptAsLastOwner: true } });
// Whoever signs in with a password is found by address, whatever its capitals.
schema.index({ organisationId: 1, 'fields.email': 1 }, { collation: { locale: 'en', strength: 2 } });
// A manager who arrives late finds those who wait for them.
schema.index({ organisationId: 1, 'manager.personId': 1 });

export const learnerModel = (connection: Connection): Model<LearnerDocument> =>
  connection.model<LearnerDocument>('Learner', schema);
