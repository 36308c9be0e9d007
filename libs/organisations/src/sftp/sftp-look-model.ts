import { type Lease, leaseFields } from '@learnamp/mongo';
import { type Connection, type Model, Schema } from 'mongoose';

/** A file as a look found it. */
export interface SeenFile {
  readonly name: string;
  readonly size: number;
  /** In milliseconds since the epoch, as the server says. */
  readonly modifiedAt: number;
}

/** What the last look into an organisation's folder found. */
export interface SftpLookDocument {
  /** The organisation's id. */
  readonly _id: string;
  readonly nextAt: Date;
  readonly seen: readonly SeenFile[];
  readonly lookedAt: Date | null;
  /** Why the last look came to nothing, in one sentence. */
  readonly problem: string | null;
  lease: Lease;
}

const schema = new Schema<SftpLookDocument>(
  {
    _id: { type: String, required: true },
    nextAt: { type: Date, required: true },
    seen: { type: [Schema.Types.Mixed], required: true },
    lookedAt: { type: Date, default: null },
    problem: { type: String, default: null },
    lease: leaseFields,
  },
  { collection: 'sftpLooks', versionKey: false },
);

export const sftpLookModel = (connection: Connection): Model<SftpLookDocument> =>
  connection.model<SftpLookDocument>('SftpLook', schema);
