import type { Tenant, VerifiedDomain } from '../../entra/ports.ts';
import type { JsonObject } from '../../json.ts';
import type { Item, ItemType } from './items.ts';

/** An organization of which nothing is known. */
const blank: JsonObject = {
  id: null,
  deletedDateTime: null,
  assignedPlans: [],
  businessPhones: [],
  city: null,
  country: null,
  countryLetterCode: null,
  createdDateTime: null,
  defaultUsageLocation: null,
  displayName: null,
  marketingNotificationEmails: [],
  mobileDeviceManagementAuthority: 'unknown',
  onPremisesLastSyncDateTime: null,
  onPremisesSyncEnabled: null,
  partnerTenantType: null,
  postalCode: null,
  preferredLanguage: null,
  privacyProfile: null,
  provisionedPlans: [],
  securityComplianceNotificationMails: [],
  securityComplianceNotificationPhones: [],
  state: null,
  street: null,
  technicalNotificationMails: [],
  tenantType: 'AAD',
  verifiedDomains: [],
};

export const organizationType: ItemType = { name: 'organization', collection: 'organization', blank, filterable: [] };

/** What the tenant itself reads as. */
export function organizationItem({ id, displayName, verifiedDomains }: Tenant): Item {
  return { ...blank, id, displayName, verifiedDomains: verifiedDomains.map(verifiedDomain) };
}

function verifiedDomain({ name, isDefault }: VerifiedDomain): JsonObject {
  return {
    capabilities: 'Email, OfficeCommunicationsOnline',
    isDefault,
    // The one that every tenant begins with.
    isInitial: name.toLowerCase().endsWith('.onmicrosoft.com'),
    name,
    type: 'Managed',
  };
}
