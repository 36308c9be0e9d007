export { createSealBox, SealError, type SealBox, type SealedPlace, type SealingKeys } from './sealing/seal-box.ts';
export { sealingKeyOf } from './sealing/sealing-key-of.ts';
export { organisationModel, type OrganisationDocument, tenantPlace } from './settings/organisation-model.ts';
export { createFindOpenSettings, type FindOpenSettings, type OpenSettings } from './settings/open-settings.ts';
export {
  changeSettings,
  type ChangeOptions,
  type SettingsChange,
  SettingsConflictError,
} from './settings/change-settings.ts';
export { type PasswordDocument, passwordModel } from './passwords/password-model.ts';
export { mayUsePassword, type PasswordAccess, passwordAccessOf } from './passwords/password-access.ts';
export { recordSignInTest, type SignInTest } from './tenant/sign-in-test.ts';
export { isMailbox } from './settings/mailbox.ts';
export { defaultNotifications, NotificationSettings } from './settings/notification-settings.ts';
export { type ApiTokenDocument, apiTokenModel } from './api-tokens/api-token-model.ts';
export { byPath } from './settings/setting-paths.ts';
export {
  type AuditActor,
  type AuditChange,
  type AuditEntry,
  type AuditHead,
  auditEntryModel,
  auditHeadModel,
} from './audit/audit-model.ts';
export { appendAudit } from './audit/append-audit.ts';
export { type AuditChain, type AuditVerdict, verifyAudit, verifyChain } from './audit/verify-audit.ts';
export { defaultProvisioning, ProvisioningSettings, SettingsError } from './settings/provisioning-settings.ts';
export {
  createOrganisation,
  type CreatedOrganisation,
  OrganisationRefusedError,
  type WantedOrganisation,
} from './settings/create-organisation.ts';
export {
  createOrganisations,
  type NewOrganisation,
  type Organisation,
  type Organisations,
  type SealedTenant,
} from './settings/organisations.ts';
export { type Consent, consents, signsInWithMicrosoft } from './tenant/consent.ts';
export {
  type By,
  chooseGroup,
  type ChosenGroup,
  type Connected,
  connectTenant,
  disconnectTenant,
} from './tenant/connect-tenant.ts';
export { forgetLearner, type ForgottenLearner } from './roles/forget-learner.ts';
export { createRoles, roleModel, type Role, type RoleDocument, type Roles } from './roles/roles.ts';
export { ExpressionError, expressionProperties } from './mapping/expression-properties.ts';
export { propertiesOf } from './mapping/properties-of.ts';
export {
  endSftp,
  openSftpSecret,
  setSftp,
  sftpSecretPlace,
  type SftpChange,
  type SftpPlace,
  type SftpSecret,
  type SftpSettingsDocument,
  sftpSettingsModel,
} from './sftp/sftp-settings.ts';
export { type SeenFile, type SftpLookDocument, sftpLookModel } from './sftp/sftp-look-model.ts';
