import type { WriteRules } from '../../query/check-properties.ts';
import { isCountryCode } from './country-code.ts';

const readOnly = [
  'assignedLicenses assignedPlans authorizationInfo createdDateTime creationType deletedDateTime deviceEnrollmentLimit',
  'externalUserState externalUserStateChangeDateTime id identityParentId imAddresses isManagementRestricted',
  'lastPasswordChangeDateTime legalAgeGroupClassification licenseAssignmentStates mailboxSettings',
  'onPremisesDistinguishedName onPremisesDomainName onPremisesLastSyncDateTime onPremisesProvisioningErrors',
  'onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled onPremisesUserPrincipalName preferredName',
  'print provisionedPlans proxyAddresses securityIdentifier serviceProvisioningErrors signInActivity',
  'signInSessionsValidFromDateTime',
];

// RFC 5321, 4.5.3.1.3: a path is 256 octets with its brackets. Entra takes no accents.
const ADDRESS = /^[!#-'*+\-./\w=?^`{|}~]{1,64}@[a-z\d](?:[a-z\d.-]{0,188}[a-z\d])?$/i;

const oneOf =
  (...allowed: readonly string[]) =>
  (value: unknown): boolean =>
    typeof value === 'string' && allowed.includes(value);

const matching =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    typeof value === 'string' && pattern.test(value);

const isAddress = matching(ADDRESS);

/** What Entra lets a caller write on a user. */
export const userWriteRules: WriteRules = {
  kind: 'user',
  resource: 'User',
  readOnly: new Set(readOnly.join(' ').split(' ')),
  notNull: new Set(['businessPhones', 'mailNickname', 'otherMails', 'passwordProfile', 'usageLocation', 'userType']),
  values: {
    ageGroup: oneOf('Minor', 'NotAdult', 'Adult'),
    // A collection by its type, of which only one number is kept.
    businessPhones: (value) => Array.isArray(value) && value.length <= 1 && value.every((phone) => phone !== ''),
    consentProvidedForMinor: oneOf('Granted', 'Denied', 'NotRequired'),
    mail: isAddress,
    // ASCII without white space and @ ( ) \ [ ] " ; : < > , and no dot at either end.
    mailNickname: matching(/^(?!\.)[!#-'*+\-./\w=?^`{|}~$%&]+(?<!\.)$/),
    onPremisesImmutableId: matching(/^[^$_]+$/),
    otherMails: (value) => Array.isArray(value) && value.every((mail) => isAddress(mail)),
    passwordPolicies: matching(
      /^(?:None|Disable(?:StrongPassword|PasswordExpiration)(?:, ?Disable(?:StrongPassword|PasswordExpiration))?)$/,
    ),
    preferredLanguage: matching(/^[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?$/i),
    usageLocation: isCountryCode,
    userType: oneOf('Member', 'Guest'),
  },
};
