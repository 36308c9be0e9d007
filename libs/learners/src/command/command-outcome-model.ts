import type { LearnerAction } from '@learnamp/contracts';
import { type Connection, type Model, Schema } from 'mongoose';

/** What became of a command, for whoever asked and for the command that comes again. */
export interface CommandOutcomeDocument {
  /** The command's id. */
  readonly _id: string;
  readonly organisationId: string;
  readonly kind: LearnerAction['kind'];
  readonly outcome: 'applied' | 'refused';
  /** Why it was refused, in one sentence. */
  readonly reason: string | null;
  /** How many learners it was applied to. */
  readonly count: number;
  readonly at: Date;
}

// Longer than a command stays in its topic or among the dead letters: until then it may come again.
const KEPT_SECONDS = 30 * 24 * 3600;

const schema = new Schema<CommandOutcomeDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    kind: { type: String, required: true },
    outcome: { type: String, required: true, enum: ['applied', 'refused'] },
    reason: { type: String, default: null },
    count: { type: Number, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'commandOutcomes', versionKey: false },
);
schema.index({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS });

export const commandOutcomeModel = (connection: Connection): Model<CommandOutcomeDocument> =>
  connection.model<CommandOutcomeDocument>('CommandOutcome', schema);
