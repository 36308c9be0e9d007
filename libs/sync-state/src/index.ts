export {
  type AnsweredGroup,
  type AskedPermission,
  type DirectoryAnswer,
  directoryAnswerModel,
  type NamedGroup,
} from './questions/directory-answer-model.ts';
export { deltaLinkModel, type DeltaLink } from './delta/delta-link-model.ts';
export { groupNodeModel, type GroupNode } from './group-tree/group-node-model.ts';
export { personRecordId, personRecordModel, type PersonRecord, type Proposal } from './people/person-record-model.ts';
export { heldSetModel, type HeldSet } from './approval/held-set-model.ts';
export {
  inspectionModel,
  type InspectedField,
  type InspectedPerson,
  type Inspection,
} from './inspections/inspection-model.ts';
export { subscriptionModel, type SubscriptionRecord } from './subscriptions/subscription-model.ts';
export {
  noHints,
  workRecordModel,
  type Hints,
  type Notifications,
  type RunInProgress,
  type WaitingRequest,
  type WorkRecord,
} from './work/work-record-model.ts';
export { raiseEpoch } from './work/raise-epoch.ts';
