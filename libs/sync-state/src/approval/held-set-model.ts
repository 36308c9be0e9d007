import { type Connection, type Model, Schema } from 'mongoose';

/**
 * That changes of an organisation are held, and why. Who is held says the person record; there is one set at a time,
 * from the first change that is held until nobody is left whom nothing was said of.
 */
export interface HeldSet {
  /** The organisation's id. */
  readonly _id: string;
  readonly openedAt: Date;
  /** The run that went over a limit. */
  readonly runId: string;
  readonly reason: string;
}

const schema = new Schema<HeldSet>(
  {
    _id: { type: String, required: true },
    openedAt: { type: Date, required: true },
    runId: { type: String, required: true },
    reason: { type: String, required: true },
  },
  { collection: 'heldSets', versionKey: false },
);

export const heldSetModel = (connection: Connection): Model<HeldSet> => connection.model<HeldSet>('HeldSet', schema);
