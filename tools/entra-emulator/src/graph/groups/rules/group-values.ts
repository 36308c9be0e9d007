import type { JsonValue } from '../../../json.ts';
import type { WriteRules } from '../../query/check-properties.ts';

const readOnly = [
  'accessType assignedLicenses createdDateTime deletedDateTime expirationDateTime hasMembersWithLicenseErrors id',
  'infoCatalogs isArchived isFavorite isManagementRestricted licenseProcessingState mail onPremisesDomainName',
  'onPremisesExtensionAttributes onPremisesLastSyncDateTime onPremisesNetBiosName onPremisesProvisioningErrors',
  'onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled organizationId proxyAddresses',
  'renewedDateTime securityIdentifier serviceProvisioningErrors unseenConversationsCount unseenCount unseenMessagesCount',
];

const matching =
  (pattern: RegExp) =>
  (value: JsonValue): boolean =>
    typeof value === 'string' && pattern.test(value);

/** What Entra lets a caller write on a group. */
export const groupWriteRules: WriteRules = {
  kind: 'group',
  resource: 'Group',
  readOnly: new Set(readOnly.join(' ').split(' ')),
  notNull: new Set(['groupTypes', 'mailNickname']),
  values: {
    groupTypes: (value) =>
      Array.isArray(value) && value.every((type) => type === 'Unified' || type === 'DynamicMembership'),
    // ASCII without white space and @ ( ) \ [ ] " ; : . < > ,
    mailNickname: matching(/^[!#-'*+\-/\w=?^`{|}~]+$/),
    preferredLanguage: matching(/^[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?$/i),
    theme: matching(/^(?:Teal|Purple|Green|Blue|Pink|Orange|Red)$/),
    visibility: matching(/^(?:Public|Private|HiddenMembership)$/i),
  },
};
