import type { Application, Tenant } from '../../entra/ports.ts';
import { stableGuid } from '../../entra/tenants/stable-guid.ts';
import type { JsonObject } from '../../json.ts';
import type { Item, ItemType } from './items.ts';

/** A registration of which nothing is known. */
const blank: JsonObject = {
  id: null,
  deletedDateTime: null,
  addIns: [],
  api: null,
  appId: null,
  applicationTemplateId: null,
  appRoles: [],
  authenticationBehaviors: null,
  certification: null,
  createdByAppId: null,
  createdDateTime: null,
  defaultRedirectUri: null,
  description: null,
  disabledByMicrosoftStatus: null,
  displayName: null,
  groupMembershipClaims: null,
  identifierUris: [],
  info: null,
  isDeviceOnlyAuthSupported: null,
  isDisabled: null,
  isFallbackPublicClient: null,
  keyCredentials: [],
  managerApplications: [],
  nativeAuthenticationApisEnabled: null,
  notes: null,
  oauth2RequirePostResponse: false,
  optionalClaims: null,
  parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: 'Allow' },
  passwordCredentials: [],
  publicClient: { redirectUris: [] },
  publisherDomain: null,
  requestSignatureVerification: null,
  requiredResourceAccess: [],
  samlMetadataUrl: null,
  serviceManagementReference: null,
  servicePrincipalLockConfiguration: null,
  signInAudience: 'AzureADMyOrg',
  spa: { redirectUris: [] },
  tags: [],
  tokenEncryptionKeyId: null,
  uniqueName: null,
  verifiedPublisher: { addedDateTime: null, displayName: null, verifiedPublisherId: null },
  web: null,
};

export const applicationType: ItemType = {
  name: 'application',
  collection: 'applications',
  blank,
  filterable: ['appId', 'displayName', 'id'],
};

/** What a registration reads as. Credentials are never shown. */
export function applicationItem({ appId, displayName, web }: Application, { verifiedDomains }: Tenant): Item {
  return {
    ...blank,
    id: stableGuid(`registration of ${appId}`),
    appId,
    displayName,
    publisherDomain: verifiedDomains.find(({ isDefault }) => isDefault)?.name ?? null,
    web: webOf(web),
  };
}

function webOf({ redirectUris, logoutUrl }: Application['web']): JsonObject {
  return {
    homePageUrl: null,
    implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
    logoutUrl: logoutUrl ?? null,
    redirectUris: [...redirectUris],
    redirectUriSettings: redirectUris.map((uri) => ({ uri, index: null })),
  };
}
