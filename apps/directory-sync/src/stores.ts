import {
  type ConflictDocument,
  conflictModel,
  type ErasureDocument,
  erasureModel,
  type LearnerDocument,
  learnerModel,
  type PhotoDocument,
  photoModel,
} from '@learnamp/learners';
import {
  type DeltaLink,
  deltaLinkModel,
  type DirectoryAnswer,
  directoryAnswerModel,
  type GroupNode,
  groupNodeModel,
  type HeldSet,
  heldSetModel,
  type Inspection,
  inspectionModel,
  type PersonRecord,
  personRecordModel,
  subscriptionModel,
  type SubscriptionRecord,
  type WorkRecord,
  workRecordModel,
} from '@learnamp/sync-state';
import type { Connection, Model } from 'mongoose';

/** The collections that directory-sync writes. */
export interface Stores {
  readonly workRecords: Model<WorkRecord>;
  readonly groupNodes: Model<GroupNode>;
  readonly deltaLinks: Model<DeltaLink>;
  readonly people: Model<PersonRecord>;
  readonly subscriptions: Model<SubscriptionRecord>;
  readonly heldSets: Model<HeldSet>;
  readonly inspections: Model<Inspection>;
  readonly directoryAnswers: Model<DirectoryAnswer>;
}

export function createStores(connection: Connection): Stores {
  return {
    workRecords: workRecordModel(connection),
    groupNodes: groupNodeModel(connection),
    deltaLinks: deltaLinkModel(connection),
    people: personRecordModel(connection),
    subscriptions: subscriptionModel(connection),
    heldSets: heldSetModel(connection),
    inspections: inspectionModel(connection),
    directoryAnswers: directoryAnswerModel(connection),
  };
}

/** What profile-writer has applied: read here, never written. */
export interface AppliedStores {
  readonly learners: Model<LearnerDocument>;
  readonly photos: Model<PhotoDocument>;
  /** People who wait for an administrator to say who they are. */
  readonly conflicts: Model<ConflictDocument>;
  /** People of whom nothing is to be kept. */
  readonly erasures: Model<ErasureDocument>;
}

export const createAppliedStores = (connection: Connection): AppliedStores => ({
  learners: learnerModel(connection),
  photos: photoModel(connection),
  conflicts: conflictModel(connection),
  erasures: erasureModel(connection),
});
