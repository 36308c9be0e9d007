import type { GroupPath, Removal } from '@learnamp/contracts';
import { type Connection, type Model, Schema } from 'mongoose';

export interface FieldChange {
  readonly field: string;
  readonly old: string | boolean | null;
  readonly new: string | boolean | null;
}

/** What provisioning changed of one learner, once, and why. */
export interface ProvisioningLogDocument {
  /** `learnerId:version`: written once, however often the event comes. */
  readonly _id: string;
  readonly organisationId: string;
  readonly learnerId: string;
  readonly personId: string;
  readonly runId: string;
  readonly version: string;
  readonly at: Date;
  /**
   * `kept`: a leaver who stays active, because nobody else is an active Owner. `linked`: a learner by hand turned out to be
   * this person; `unlinked`: an administrator said that they aren't.
   */
  readonly action: 'created' | 'updated' | 'deactivated' | 'reactivated' | 'kept' | 'linked' | 'unlinked';
  readonly changes: readonly FieldChange[];
  readonly removal: Removal | null;
  /** By which groups the person is in scope; of who left, was when that was told last. Absent where nobody has told. */
  readonly path?: GroupPath;
}

const schema = new Schema<ProvisioningLogDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    learnerId: { type: String, required: true },
    personId: { type: String, required: true },
    runId: { type: String, required: true },
    version: { type: String, required: true },
    at: { type: Date, required: true },
    action: { type: String, required: true },
    changes: { type: Schema.Types.Mixed, default: [] },
    removal: { type: Schema.Types.Mixed, default: null },
    path: Schema.Types.Mixed,
  },
  { collection: 'provisioningLog', versionKey: false, minimize: false },
);
schema.index({ learnerId: 1, at: -1 });
schema.index({ runId: 1, action: 1 });
// The log as administrators read it: newest first, page by page.
schema.index({ organisationId: 1, at: -1, _id: -1 });
// Who changed departments of late, among everything that changes of everybody.
schema.index({ organisationId: 1, at: 1 }, { partialFilterExpression: { 'changes.field': 'department' } });

export const provisioningLogModel = (connection: Connection): Model<ProvisioningLogDocument> =>
  connection.model<ProvisioningLogDocument>('ProvisioningLogEntry', schema);
