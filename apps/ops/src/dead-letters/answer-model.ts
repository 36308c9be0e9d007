import { type Connection, type Model, Schema } from 'mongoose';

/** What an operator did about a dead letter, whose bytes stay in their topic until they are too old. */
export interface DeadLetterAnswer {
  /** Its topic, partition and offset, as `dead-letters list` names it. */
  readonly _id: string;
  /** Of the letter: a topic that was made anew has other letters in the same places. */
  readonly writtenAt: Date;
  readonly answer: 'retried' | 'discarded';
  readonly by: string;
  readonly at: Date;
}

const schema = new Schema<DeadLetterAnswer>(
  {
    _id: { type: String, required: true },
    writtenAt: { type: Date, required: true },
    answer: { type: String, required: true, enum: ['retried', 'discarded'] },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'deadLetterAnswers', versionKey: false },
);

export const deadLetterAnswerModel = (connection: Connection): Model<DeadLetterAnswer> =>
  connection.model<DeadLetterAnswer>('DeadLetterAnswer', schema);
