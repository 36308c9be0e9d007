import type { Removal, RunMarker } from '@learnamp/contracts';
import { type Connection, type Model, Schema } from 'mongoose';
import type { FieldChange } from '../provisioning-log/provisioning-log-model.ts';

/** What the run's events did, or would do in a preview, counted from its outcome rows, and from the inbox. */
export interface AppliedCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deactivated: number;
  /** People whom the run brought and who wait in the conflict inbox; absent in older runs. */
  readonly conflicts?: number;
  /** Only of previews: leavers who would stay as the last Owner, and people whom it would not change at once. */
  readonly kept?: number;
  readonly held?: number;
  readonly unconfirmed?: number;
}

/** The organisation as the run left it. */
export interface Totals {
  readonly activeLearners: number;
  /** Active learners whose manager is a learner too, active or not. */
  readonly managersLinked: number;
  /** Active learners with a photo. */
  readonly photos: number;
  /** Department teams with at least one active learner. */
  readonly teams: number;
}

/**
 * A run of directory-sync as profile-writer has seen and applied it. It has two parts with a guard each, because order
 * across topics is never assumed: a run whose photo lane ended first has `photos` and no organisation yet.
 */
export interface RunDocument {
  readonly _id: string;
  readonly organisationId: string;
  /** Version of the marker that was applied last. */
  readonly version: string;
  readonly mode: RunMarker['mode'];
  readonly stage: RunMarker['stage'];
  /** Why there was a run, and who asked for it where somebody did: a learner id, or the name of a command. */
  readonly trigger: string;
  readonly requestedBy?: string | null;
  /** Who cancelled it, where somebody did: a learner id, or the name of a command. */
  readonly cancelledBy?: string | null;
  /** That it repaired a gap in the notifications, and since when there was one. */
  readonly gapSince?: Date | null;
  /** Since when the changes that it followed could have been there; null where it followed none, or nobody knows. */
  readonly changesSince?: Date | null;
  readonly requestIds: readonly string[];
  readonly startedAt: Date;
  /** When everything the run wanted of people was applied; null until then. */
  readonly finishedAt: Date | null;
  readonly progress: RunMarker['progress'];
  /** As directory-sync counted. */
  readonly counts: RunMarker['counts'];
  /** Kept while the run goes on, final once it is finished. */
  readonly applied: AppliedCounts;
  /** Counted at the end of a full run. */
  readonly totals: Totals | null;
  /** Manager chains of active learners that lead back to themselves, each as person ids: linked, and reported here. */
  readonly managerCycles: readonly (readonly string[])[];
  /** The photo lane of a full run: null until its end has been applied. */
  readonly photos: {
    /** Photos that this run stored; those found to have none are left out. */
    readonly applied: number;
    readonly graphRequests: number;
    readonly finishedAt: Date;
  } | null;
  /** Version of the photo lane's marker, once it was applied. */
  readonly photosVersion?: string | null;
  /** Why people were skipped, how many, and the first of them. */
  readonly skipped?: NonNullable<RunMarker['skipped']>;
  /** Fields that could not be read of people, with how many and the first problem. */
  readonly unreadableFields?: NonNullable<RunMarker['unreadableFields']>;
  readonly problem: string | null;
}

const mixed = { type: Schema.Types.Mixed, default: null } as const;

const schema = new Schema<RunDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    version: { type: String, required: true },
    mode: { type: String, required: true },
    stage: { type: String, required: true },
    trigger: { type: String, required: true },
    requestedBy: { type: String, default: null },
    cancelledBy: { type: String, default: null },
    gapSince: { type: Date, default: null },
    changesSince: { type: Date, default: null },
    requestIds: { type: [String], default: [] },
    startedAt: { type: Date, required: true },
    finishedAt: { type: Date, default: null },
    progress: mixed,
    counts: mixed,
    applied: mixed,
    totals: mixed,
    managerCycles: { type: Schema.Types.Mixed, default: [] },
    photos: mixed,
    photosVersion: { type: String, default: null },
    skipped: { type: Schema.Types.Mixed, default: [] },
    unreadableFields: { type: Schema.Types.Mixed, default: [] },
    problem: { type: String, default: null },
  },
  { collection: 'runs', versionKey: false, minimize: false },
);
schema.index({ organisationId: 1, startedAt: -1, _id: -1 });
// The newest full run, or the rounds of a day, among very many of other kinds.
schema.index({ organisationId: 1, mode: 1, startedAt: -1, _id: -1 });
schema.index({ requestIds: 1 });

export const runModel = (connection: Connection): Model<RunDocument> => connection.model<RunDocument>('Run', schema);

export type AppliedOutcome = 'created' | 'updated' | 'unchanged' | 'deactivated';

/** What a preview says of one person: what would be applied, or why it would not, or not yet. */
export type PlannedOutcome = AppliedOutcome | 'conflict' | 'kept' | 'held' | 'unconfirmed';

/** What a preview has to tell of a person, of whom there may be nothing else. Kept for a week. */
export interface PlannedChange {
  readonly userPrincipalName: string;
  readonly displayName: string | null;
  readonly changes: readonly FieldChange[];
  readonly removal: Removal | null;
  /** Why they would be held, what they would wait for, or which question there would be. */
  readonly reason: string | null;
  readonly expiresAt: Date;
}

/** What one run did to one person, or a preview would do. */
export interface OutcomeRowDocument {
  /** `runId:personId`: written once, however often the event comes. */
  readonly _id: string;
  readonly organisationId: string;
  readonly runId: string;
  readonly personId: string;
  /** Null of somebody whose learner isn't known: a question would have to be answered first. */
  readonly learnerId: string | null;
  readonly outcome: PlannedOutcome;
  readonly version: string;
  readonly planned?: PlannedChange;
}

const outcomeSchema = new Schema<OutcomeRowDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    runId: { type: String, required: true },
    personId: { type: String, required: true },
    learnerId: { type: String, default: null },
    outcome: { type: String, required: true },
    version: { type: String, required: true },
    planned: Schema.Types.Mixed,
  },
  { collection: 'outcomeRows', versionKey: false, minimize: false },
);
// What a run did to whom, page by page.
outcomeSchema.index({ runId: 1, outcome: 1, _id: 1 });
outcomeSchema.index({ 'planned.expiresAt': 1 }, { expireAfterSeconds: 0 });

export const outcomeRowModel = (connection: Connection): Model<OutcomeRowDocument> =>
  connection.model<OutcomeRowDocument>('OutcomeRow', outcomeSchema);
