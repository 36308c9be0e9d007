import type { ListColumn } from '@learnamp/directory';
import type { ImportAction } from '@learnamp/learners';
import { type Lease, leaseFields } from '@learnamp/mongo';
import type { SeenFile } from '@learnamp/organisations';
import { type Connection, type Model, Schema } from 'mongoose';

/** A list of people that somebody brought, and how far it has come. Its rows are documents of their own. */
export interface ImportDocument {
  readonly _id: string;
  readonly organisationId: string;
  readonly fileName: string;
  /** The learner who brought it, or `sftp`. */
  readonly requestedBy: string;
  /** `read` until somebody starts it, `started` until every row has an outcome. */
  readonly state: 'read' | 'started' | 'finished';
  /** The file on an sFTP server that it is. */
  readonly file?: SeenFile & { readonly hash: string };
  readonly columns: readonly ListColumn[];
  /** Rows of the file; those that can be imported; and what was foreseen of these when it was read. */
  readonly counts: {
    readonly rows: number;
    readonly accepted: number;
    readonly creates: number;
    readonly updates: number;
    readonly refusals: number;
  };
  /** How many rows were handed to profile-writer, and the line of the last one. */
  readonly handed: { readonly rows: number; readonly line: number };
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly expiresAt: Date;
  lease: Lease;
}

/** A row of a list by its line. */
export interface ImportRowDocument {
  /** The import's id and the line; the row's command has the same id. */
  readonly _id: string;
  readonly importId: string;
  readonly organisationId: string;
  readonly line: number;
  /** What it asks for; null of a row that can't be imported. */
  readonly action: ImportAction | null;
  /** Why it can't be, or is foreseen to be refused. */
  readonly problem: string | null;
  readonly expiresAt: Date;
}

export const rowId = (importId: string, line: number): string => `${importId}:${line}`;

/** All ids of an import's rows, and of the commands that they become. */
export const rowIds = (importId: string) => ({ $gte: `${importId}:`, $lt: `${importId};` });

const importSchema = new Schema<ImportDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    fileName: { type: String, required: true },
    requestedBy: { type: String, required: true },
    state: { type: String, required: true, enum: ['read', 'started', 'finished'] },
    file: Schema.Types.Mixed,
    columns: { type: [Schema.Types.Mixed], required: true },
    counts: { type: Schema.Types.Mixed, required: true },
    handed: { type: Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    startedAt: { type: Date, default: null },
    finishedAt: { type: Date, default: null },
    expiresAt: { type: Date, required: true },
    lease: leaseFields,
  },
  { collection: 'imports', versionKey: false, minimize: false },
);
importSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
importSchema.index({ organisationId: 1, createdAt: -1 });
importSchema.index({ state: 1, 'lease.until': 1 });

const rowSchema = new Schema<ImportRowDocument>(
  {
    _id: { type: String, required: true },
    importId: { type: String, required: true },
    organisationId: { type: String, required: true },
    line: { type: Number, required: true },
    action: { type: Schema.Types.Mixed, default: null },
    problem: { type: String, default: null },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'importRows', versionKey: false, minimize: false },
);
rowSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
rowSchema.index({ importId: 1, line: 1 });

export const importModel = (connection: Connection): Model<ImportDocument> =>
  connection.model<ImportDocument>('Import', importSchema);

export const importRowModel = (connection: Connection): Model<ImportRowDocument> =>
  connection.model<ImportRowDocument>('ImportRow', rowSchema);
