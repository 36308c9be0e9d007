import type { LearnerAction, SyncRequest } from '@learnamp/contracts';
import type { FieldMapping } from '@learnamp/directory';
import { leaseFields, type Lease } from '@learnamp/mongo';
import { type Connection, type Model, Schema } from 'mongoose';

/** A run that somebody asked for and that no run has answered yet. */
export interface WaitingRequest {
  readonly requestId: string;
  /** `erase` comes from a command; everything else from a request. */
  readonly mode: SyncRequest['mode'] | 'erase';
  readonly personId: string | null;
  /** The people of an approval or a rejection. */
  readonly personIds?: readonly string[];
  /** The run, or the waiting request, that a `cancel` is about. */
  readonly cancels?: string;
  /** Whom to erase. */
  readonly erases?: Extract<LearnerAction, { kind: 'erase' }>;
  /** What to inspect or ask about: an object id, a user principal name, or how names of groups begin. */
  readonly lookUp?: string;
  /** By which an `inspect` request wants the fields, where not by the organisation's own mapping. */
  readonly mapping?: FieldMapping;
  /** What an `ask` request wants to know. */
  readonly question?: NonNullable<SyncRequest['question']>;
  readonly requestedBy: string;
  /** The trace that it was asked in, as a `traceparent`, where there is one. */
  readonly traceparent?: string;
}

/** Ids that notifications named since the last delta run: hints, never changes. */
export interface Hints {
  readonly userIds: readonly string[];
  readonly groupIds: readonly string[];
  /** More ids came than are kept, or Graph says that it kept some to itself; then anything may have changed. */
  readonly overflow: boolean;
  /** When the newest of them came. */
  readonly newestAt: Date | null;
  /** When the oldest of them came; absent in records from before this was kept. */
  readonly oldestAt?: Date | null;
  /** The traces that they came in, as `traceparent`s, oldest first, of a bounded number. */
  readonly traceparents?: readonly string[];
}

/**
 * What the last rounds say of the notifications: some came since the last round, none did, or none did although there
 * was something to tell. From the last on changes are looked for more often, until one comes again.
 */
export type Notifications = 'heard' | 'silent' | 'quiet';

/** A run that has begun. It stays here until it ends, so that the next holder of the lease can close a dead one's. */
export interface RunInProgress {
  readonly runId: string;
  readonly mode: 'full' | 'delta' | 'person' | 'preview';
  readonly trigger: string;
  /** Who asked for it, where somebody did. */
  readonly requestedBy?: string;
  /** That it repairs a gap in the notifications, and since when there is one; ISO 8601. */
  readonly gapSince?: string;
  /** Since when the changes that it follows could have been there, where that is known; ISO 8601. */
  readonly changesSince?: string;
  readonly requestIds: readonly string[];
  /** The traces that led to it, as `traceparent`s, oldest first. */
  readonly traceparents?: readonly string[];
}

/**
 * All that is to be done for one organisation. Handlers merge hints and requests into it; whoever holds its lease works
 * it off. Times are when something is due.
 */
export interface WorkRecord {
  /** The organisation's id. */
  readonly _id: string;
  readonly lease: Lease;
  /** Last sequence number given to an event; it grows over all epochs. */
  readonly sequence: number;
  /** Revision of the settings that the last planned full run is for; another one makes a full run due. */
  readonly settledRevision: number;
  /** When the first full run came to its end; until then people are added without being counted. */
  readonly setUpAt: Date | null;
  /** Earliest of all due times: what workers search by. */
  readonly dueAt: Date;
  /** Earliest due time of short work, full runs, previews and photos left out; null while there is nothing else to do. */
  readonly shortDueAt: Date | null;
  readonly nextFullAt: Date;
  /** Null while there are no links to follow: before the first full run, and after they expired. */
  readonly nextDeltaAt: Date | null;
  readonly nextSubscriptionCheckAt: Date;
  /** A lifecycle notification asks for the subscriptions to be renewed, however long they have to live. */
  readonly renewalDue: boolean;
  /** A subscription was gone, and since then nobody may have been told of changes; null once a delta run has asked. */
  readonly gapSince: Date | null;
  /** Groups that were read otherwise than they were known are read again once Graph's replicas have surely caught up. */
  readonly nextGroupCheckAt: Date | null;
  readonly groupsToCheck: readonly string[];
  /** When the next person may be looked at again, and the next missing one asked for again. */
  readonly nextSecondLookAt: Date | null;
  readonly nextDeletionCheckAt: Date | null;
  readonly nextPhotosAt: Date | null;
  /** The full run that the photo lane belongs to. */
  readonly photosRunId: string | null;
  /** The trace of that run, as a `traceparent`, where there is one. */
  readonly photosTraceparent?: string | null;
  readonly hints: Hints;
  /** Hints that a delta run has taken and not answered yet: what comes while it runs is not taken for answered. */
  readonly answering: Hints;
  /** A burst of notifications is followed by few rounds: hints wait until then, what is due by time doesn't. */
  readonly nextHintedAt: Date;
  readonly notifications: Notifications;
  /**
   * What changed before this time was followed, as far as Graph told: when the last round began, or the one before it where
   * that one has to be repeated. Absent before the first.
   */
  readonly followedUntil?: Date | null;
  /** People of whom a delta run could read nothing: its round is over, so they are owed to the next one. */
  readonly peopleToRead: readonly string[];
  /** How often a hinted delta round came back empty. */
  readonly emptyRounds: number;
  readonly requests: readonly WaitingRequest[];
  /** Runs that have begun, outermost first: a delta run may be served between the steps of a full one. */
  readonly running: readonly RunInProgress[];
  /** Consecutive failures, and until when they make us wait. */
  readonly failures: number;
  readonly pausedUntil: Date;
}

export const noHints: Hints = { userIds: [], groupIds: [], overflow: false, newestAt: null, oldestAt: null };

const mixed = (value: unknown) => ({ type: Schema.Types.Mixed, default: () => value });
const now = { type: Date, default: () => new Date(0) };

const schema = new Schema<WorkRecord>(
  {
    _id: { type: String, required: true },
    lease: leaseFields,
    sequence: { type: Number, default: 0 },
    settledRevision: { type: Number, default: 0 },
    setUpAt: { type: Date, default: null },
    dueAt: now,
    shortDueAt: { type: Date, default: null },
    nextFullAt: now,
    nextDeltaAt: { type: Date, default: null },
    nextSubscriptionCheckAt: now,
    renewalDue: { type: Boolean, default: false },
    gapSince: { type: Date, default: null },
    nextGroupCheckAt: { type: Date, default: null },
    groupsToCheck: { type: [String], default: [] },
    nextSecondLookAt: { type: Date, default: null },
    nextDeletionCheckAt: { type: Date, default: null },
    nextPhotosAt: { type: Date, default: null },
    photosRunId: { type: String, default: null },
    photosTraceparent: String,
    hints: mixed(noHints),
    answering: mixed(noHints),
    nextHintedAt: now,
    notifications: { type: String, default: 'silent' },
    followedUntil: { type: Date, default: null },
    peopleToRead: { type: [String], default: [] },
    emptyRounds: { type: Number, default: 0 },
    requests: mixed([]),
    running: mixed([]),
    failures: { type: Number, default: 0 },
    pausedUntil: now,
  },
  { collection: 'workRecords', versionKey: false, minimize: false },
);
schema.index({ dueAt: 1 });
schema.index({ shortDueAt: 1 });

export const workRecordModel = (connection: Connection): Model<WorkRecord> =>
  connection.model<WorkRecord>('WorkRecord', schema);
