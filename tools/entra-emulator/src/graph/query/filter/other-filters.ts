import { deviceProperties } from '../../../directory/device-properties.ts';
import { orgContactProperties } from '../../../directory/org-contact-properties.ts';
import { servicePrincipalProperties } from '../../../directory/service-principal-properties.ts';
import { filterRules } from './filter-rules.ts';

const text = 'eq in ge le startswith | null';

/** What devices can be filtered by. */
export const deviceFilters = filterRules(deviceProperties, {
  accountEnabled: 'eq in',
  approximateLastSignInDateTime: 'eq ge le | null',
  deviceId: 'eq in startswith',
  displayName: text,
  id: 'eq in',
  isCompliant: 'eq in',
  isManaged: 'eq in',
  onPremisesSyncEnabled: 'eq in | null',
  operatingSystem: text,
  operatingSystemVersion: text,
  profileType: '| eq',
  trustType: '| eq in startswith',
});

/** What contacts of the organisation can be filtered by. */
export const orgContactFilters = filterRules(orgContactProperties, {
  companyName: text,
  department: text,
  displayName: text,
  givenName: text,
  id: 'eq in',
  jobTitle: text,
  mail: text,
  mailNickname: text,
  onPremisesLastSyncDateTime: '| eq in ge le',
  onPremisesSyncEnabled: 'eq in | null',
  proxyAddresses: 'eq ge le startswith | endswith count',
  surname: text,
});

/** What service principals can be filtered by. */
export const servicePrincipalFilters = filterRules(servicePrincipalProperties, {
  accountEnabled: 'eq in',
  appId: 'eq in',
  appOwnerOrganizationId: 'guid: | eq',
  displayName: 'eq in startswith | ge le null',
  id: 'eq in',
  servicePrincipalNames: 'eq startswith',
  servicePrincipalType: 'eq in',
  tags: 'eq startswith',
});
