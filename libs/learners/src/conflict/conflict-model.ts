import type { UserState } from '@learnamp/contracts';
import { type Connection, type Model, Schema } from 'mongoose';

/** Why nobody but a person can say who somebody is. */
export type ConflictKind =
  /** Several learners could be this person, or one of whom one thing is the same and another is not. */
  | 'ambiguous-match'
  /** Another learner shows this address. */
  | 'duplicate-email'
  /** The learner who could be this person is linked to somebody else who is active in the directory. */
  | 'live-link-elsewhere'
  /** Somebody who left could be this person, with a new account. */
  | 'rehire';

export interface ConflictCandidate {
  readonly learnerId: string;
  /** What the learner and the person have in common. */
  readonly by: readonly ('objectId' | 'employeeId' | 'userPrincipalName' | 'email')[];
}

/** Somebody of the directory who waits for an administrator to say who they are. One row a person. */
export interface ConflictDocument {
  /** `organisationId:personId` */
  readonly _id: string;
  readonly organisationId: string;
  readonly personId: string;
  readonly kind: ConflictKind;
  readonly candidates: readonly ConflictCandidate[];
  /** `settled`: answered, or the question has gone. */
  readonly state: 'waiting' | 'ignored' | 'settled';
  /** The person's last state, to be applied once it is known whose it is. */
  readonly said: UserState;
  readonly since: Date;
  /** The answer, once there is one: who gave it by which command, and whose learner the person is to be. */
  readonly answer: {
    readonly commandId: string;
    readonly by: string;
    readonly learnerId: string | null;
    readonly at: Date;
  } | null;
}

const schema = new Schema<ConflictDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    personId: { type: String, required: true },
    kind: { type: String, required: true },
    candidates: { type: Schema.Types.Mixed, default: [] },
    state: { type: String, required: true },
    said: { type: Schema.Types.Mixed, required: true },
    since: { type: Date, required: true },
    answer: { type: Schema.Types.Mixed, default: null },
  },
  { collection: 'conflicts', versionKey: false, minimize: false },
);
schema.index({ organisationId: 1, state: 1, since: 1 });
schema.index({ organisationId: 1, 'candidates.learnerId': 1 });

export const conflictModel = (connection: Connection): Model<ConflictDocument> =>
  connection.model<ConflictDocument>('Conflict', schema);

export const conflictId = (organisationId: string, personId: string): string => `${organisationId}:${personId}`;
