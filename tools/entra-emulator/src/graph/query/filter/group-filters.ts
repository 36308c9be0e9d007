import { groupProperties } from '../../../directory/group-properties.ts';
import { filterRules } from './filter-rules.ts';

const indexedText = '| eq ge le startswith';
const indexedDate = '| eq in ge le';

/** What groups can be filtered by. */
export const groupFilters = filterRules(groupProperties, {
  assignedLicenses: '| count',
  'assignedLicenses/skuId': 'guid: eq',
  classification: indexedText,
  deletedDateTime: indexedDate,
  description: indexedText,
  displayName: 'eq in startswith | ge le null',
  expirationDateTime: indexedDate,
  groupTypes: 'eq | count',
  hasMembersWithLicenseErrors: 'eq',
  id: 'eq in',
  infoCatalogs: 'eq ge le startswith',
  isAssignableToRole: 'eq',
  mail: 'eq in ge le startswith | endswith null',
  mailEnabled: 'eq in',
  mailNickname: 'eq in ge le startswith | null',
  membershipRule: indexedText,
  membershipRuleProcessingState: '| eq in',
  onPremisesLastSyncDateTime: indexedDate,
  onPremisesSamAccountName: '| eq in ge le startswith',
  onPremisesSecurityIdentifier: 'eq in | null',
  onPremisesSyncEnabled: 'eq in | null',
  owners: 'texts: | count',
  preferredLanguage: '| eq in ge le startswith null',
  proxyAddresses: 'eq ge le startswith | endswith count',
  renewedDateTime: indexedDate,
  resourceProvisioningOptions: 'eq',
  securityEnabled: 'eq in',
  uniqueName: '| eq in',
});
