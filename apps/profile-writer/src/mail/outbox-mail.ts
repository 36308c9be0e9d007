import { insertOnce } from '@learnamp/mongo';
import { type Connection, type Model, Schema } from 'mongoose';
import type { Mail, SendMail } from './mail.ts';

/** A mail that was put aside instead of being sent: for a machine without a mail server. Its links work. */
export interface OutboxDocument extends Omit<Mail, 'id'> {
  /** The mail's id. */
  readonly _id: string;
  readonly at: Date;
}

const schema = new Schema<OutboxDocument>(
  {
    _id: { type: String, required: true },
    to: { type: Schema.Types.Mixed, required: true },
    subject: { type: String, required: true },
    text: { type: String, required: true },
    html: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'outbox', versionKey: false },
);
schema.index({ at: 1 });

export const outboxModel = (connection: Connection): Model<OutboxDocument> =>
  connection.model<OutboxDocument>('OutboxMail', schema);

/** Puts mails into the outbox. */
export function createOutboxMail(outbox: Model<OutboxDocument>, clock: () => Date): SendMail {
  return async ({ id, ...mail }) => {
    const document: OutboxDocument = { _id: id, ...mail, at: clock() };
    await insertOnce(outbox, [document]);
    return { kind: 'sent' };
  };
}
