export {
  learnerModel,
  type FormerLink,
  type LearnerDocument,
  type ManualSource,
  type MicrosoftSource,
} from './learner/learner-model.ts';
export { learnerByEmail } from './learner/learner-by-email.ts';
export { learnerIdOf } from './learner/learner-id.ts';
export { erasedAmong, erasureId, erasureModel, type ErasureDocument } from './erasure/erasure-model.ts';
export { decidedErasure, type ErasureCommand } from './erasure/decided-erasure.ts';
export { nameHash } from './erasure/name-hash.ts';
export {
  departmentTeamId,
  membershipId,
  membershipModel,
  teamModel,
  type MembershipDocument,
  type TeamDocument,
} from './team/team-model.ts';
export {
  renameOfferId,
  renameOfferModel,
  type OfferedDepartment,
  type RenameOfferDocument,
} from './rename/rename-offer-model.ts';
export { directoryPhotoId, photoModel, type PhotoDocument } from './photo/photo-model.ts';
export { mediaTypeOf } from './photo/media-type-of.ts';
export { ownPhotoModel, type OwnPhotoDocument } from './photo/own-photo-model.ts';
export {
  outcomeRowModel,
  runModel,
  type AppliedCounts,
  type AppliedOutcome,
  type OutcomeRowDocument,
  type PlannedChange,
  type PlannedOutcome,
  type RunDocument,
  type Totals,
} from './run/run-model.ts';
export {
  provisioningLogModel,
  type FieldChange,
  type ProvisioningLogDocument,
} from './provisioning-log/provisioning-log-model.ts';
export {
  hasExpired,
  invitationModel,
  type InvitationDocument,
  type InvitationState,
} from './invitation/invitation-model.ts';
export { passwordLinkModel, type PasswordLinkDocument } from './password-link/password-link-model.ts';
export { noticeId, noticeKinds, noticeModel, type NoticeDocument, type NoticeKind } from './notice/notice-model.ts';
export { noticeMailModel, type NoticeMailDocument } from './notice/notice-mail-model.ts';
export { commandOutcomeModel, type CommandOutcomeDocument } from './command/command-outcome-model.ts';
export {
  conflictId,
  conflictModel,
  type ConflictCandidate,
  type ConflictDocument,
  type ConflictKind,
} from './conflict/conflict-model.ts';
export { importKeys, importTarget, type ImportAction, type KnownLearner } from './import/import-target.ts';
