import {
  commandOutcomeModel,
  conflictModel,
  invitationModel,
  learnerModel,
  membershipModel,
  outcomeRowModel,
  ownPhotoModel,
  passwordLinkModel,
  photoModel,
  provisioningLogModel,
  renameOfferModel,
  runModel,
  teamModel,
} from '@learnamp/learners';
import {
  apiTokenModel,
  auditEntryModel,
  auditHeadModel,
  passwordModel,
  sftpLookModel,
  sftpSettingsModel,
} from '@learnamp/organisations';
import {
  directoryAnswerModel,
  groupNodeModel,
  heldSetModel,
  personRecordModel,
  subscriptionModel,
  workRecordModel,
} from '@learnamp/sync-state';
import type { Connection } from 'mongoose';
import type { Scope } from './api-tokens/scopes.ts';
import { keptAnswerModel } from './idempotency/kept-answer-model.ts';
import { importModel, importRowModel } from './imports/import-model.ts';
import { redemptionModel } from './invitations/redemption-model.ts';
import { attemptModel } from './passwords/attempt-model.ts';
import { knownBrowserModel } from './passwords/known-browsers.ts';
import { sessionModel } from './sessions/session-model.ts';
import { handOverModel, signInTransactionModel } from './sign-in/sign-in-model.ts';
import { signInLinkModel } from './sign-in/sign-in-link-model.ts';
import { signInTraceModel } from './sign-in-traces/sign-in-trace-model.ts';
import { tenantClaimModel } from './tenant-connection/tenant-claim-model.ts';

export type Models = ReturnType<typeof modelsOf>;

/** Our own collections, and those of profile-writer and directory-sync that we read. */
export function modelsOf(connection: Connection) {
  return {
    sessions: sessionModel(connection),
    transactions: signInTransactionModel(connection),
    handOvers: handOverModel(connection),
    signInLinks: signInLinkModel(connection),
    signInTraces: signInTraceModel(connection),
    tenantClaims: tenantClaimModel(connection),
    learners: learnerModel(connection),
    teams: teamModel(connection),
    photos: photoModel(connection),
    ownPhotos: ownPhotoModel(connection),
    memberships: membershipModel(connection),
    conflicts: conflictModel(connection),
    renameOffers: renameOfferModel(connection),
    redemptions: redemptionModel(connection),
    invitations: invitationModel(connection),
    commandOutcomes: commandOutcomeModel(connection),
    runs: runModel(connection),
    outcomeRows: outcomeRowModel(connection),
    heldSets: heldSetModel(connection),
    directoryAnswers: directoryAnswerModel(connection),
    personRecords: personRecordModel(connection),
    groupNodes: groupNodeModel(connection),
    workRecords: workRecordModel(connection),
    subscriptions: subscriptionModel(connection),
    provisioningLog: provisioningLogModel(connection),
    passwords: passwordModel(connection),
    passwordLinks: passwordLinkModel(connection),
    passwordAttempts: attemptModel(connection),
    knownBrowserDocuments: knownBrowserModel(connection),
    imports: importModel(connection),
    importRows: importRowModel(connection),
    sftpSettings: sftpSettingsModel(connection),
    sftpLooks: sftpLookModel(connection),
    apiTokens: apiTokenModel<Scope>(connection),
    keptAnswers: keptAnswerModel(connection),
    auditEntries: auditEntryModel(connection),
    auditHeads: auditHeadModel(connection),
  };
}
