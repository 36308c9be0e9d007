import {
  commandOutcomeModel,
  type CommandOutcomeDocument,
  type ConflictDocument,
  conflictModel,
  type ErasureDocument,
  erasureModel,
  type InvitationDocument,
  invitationModel,
  type LearnerDocument,
  learnerModel,
  type MembershipDocument,
  membershipModel,
  noticeMailModel,
  type NoticeMailDocument,
  noticeModel,
  type NoticeDocument,
  type OutcomeRowDocument,
  type OwnPhotoDocument,
  ownPhotoModel,
  outcomeRowModel,
  type PasswordLinkDocument,
  passwordLinkModel,
  type PhotoDocument,
  photoModel,
  type ProvisioningLogDocument,
  provisioningLogModel,
  type RenameOfferDocument,
  renameOfferModel,
  type RunDocument,
  runModel,
  type TeamDocument,
  teamModel,
} from '@learnamp/learners';
import { type RoleDocument, roleModel } from '@learnamp/organisations';
import type { Connection, Model } from 'mongoose';
import { type OutboxDocument, outboxModel } from './mail/outbox-mail.ts';

/** The collections that this service alone writes, and the roles, which it reads. */
export interface Collections {
  readonly learners: Model<LearnerDocument>;
  readonly teams: Model<TeamDocument>;
  readonly memberships: Model<MembershipDocument>;
  readonly photos: Model<PhotoDocument>;
  readonly ownPhotos: Model<OwnPhotoDocument>;
  readonly runs: Model<RunDocument>;
  readonly outcomeRows: Model<OutcomeRowDocument>;
  readonly provisioningLog: Model<ProvisioningLogDocument>;
  readonly invitations: Model<InvitationDocument>;
  readonly passwordLinks: Model<PasswordLinkDocument>;
  readonly notices: Model<NoticeDocument>;
  readonly noticeMails: Model<NoticeMailDocument>;
  readonly conflicts: Model<ConflictDocument>;
  readonly renameOffers: Model<RenameOfferDocument>;
  readonly commandOutcomes: Model<CommandOutcomeDocument>;
  readonly erasures: Model<ErasureDocument>;
  readonly outbox: Model<OutboxDocument>;
  readonly roles: Model<RoleDocument>;
}

export const collectionsOf = (connection: Connection): Collections => ({
  learners: learnerModel(connection),
  teams: teamModel(connection),
  memberships: membershipModel(connection),
  photos: photoModel(connection),
  ownPhotos: ownPhotoModel(connection),
  runs: runModel(connection),
  outcomeRows: outcomeRowModel(connection),
  provisioningLog: provisioningLogModel(connection),
  invitations: invitationModel(connection),
  passwordLinks: passwordLinkModel(connection),
  notices: noticeModel(connection),
  noticeMails: noticeMailModel(connection),
  conflicts: conflictModel(connection),
  renameOffers: renameOfferModel(connection),
  commandOutcomes: commandOutcomeModel(connection),
  erasures: erasureModel(connection),
  outbox: outboxModel(connection),
  roles: roleModel(connection),
});
