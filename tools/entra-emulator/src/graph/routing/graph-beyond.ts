import { groupProperties } from '../../directory/group-properties.ts';
import { userProperties } from '../../directory/user-properties.ts';

const ofUser = (...names: readonly string[]): string[] => names.map((name) => `/users/{user}/${name}`);
const ofGroup = (...names: readonly string[]): string[] => names.map((name) => `/groups/{group}/${name}`);
const roots = (...names: readonly string[]): string[] => names.map((name) => `/${name}`);

/**
 * Graph v1.0 beyond this emulator: what it is about, and its paths. A path stands for all below it; with a method, for
 * that request alone. Routes win over this table.
 */
export const graphBeyond: Readonly<Record<string, readonly string[]>> = {
  'mailboxes: mail, calendars, personal contacts, settings': [
    ...ofUser('messages', 'mailFolders', 'inferenceClassification', 'outlook', 'sendMail', 'getMailTips', 'calendar'),
    ...ofUser('calendars', 'calendarGroups', 'calendarView', 'events', 'findMeetingTimes', 'reminderView'),
    ...ofUser('contacts', 'contactFolders', 'mailboxSettings', 'translateExchangeIds'),
    ...ofGroup('calendar', 'calendarView', 'events', 'conversations', 'threads', 'acceptedSenders', 'rejectedSenders'),
    ...ofGroup('subscribeByMail', 'unsubscribeByMail', 'resetUnseenCount', 'addFavorite', 'removeFavorite'),
    ...roots('places'),
  ],
  'files and sites': [
    ...ofUser('drive', 'drives', 'followedSites'),
    ...ofGroup('drive', 'drives', 'sites'),
    ...roots('drive', 'drives', 'shares', 'sites', 'storage'),
  ],
  'Teams, chats and meetings': [
    ...ofUser('joinedTeams', 'chats', 'teamwork', 'onlineMeetings', 'presence', 'adhocCalls'),
    ...ofGroup('team'),
    ...roots('teams', 'teamsTemplates', 'teamwork', 'chats', 'appCatalogs', 'communications'),
  ],
  'tasks and notes': [...ofUser('planner', 'todo', 'onenote'), ...ofGroup('planner', 'onenote'), ...roots('planner')],
  'insights, people search and activities': [
    ...ofUser('people', 'insights', 'activities', 'employeeExperience', 'settings', 'solutions', 'cloudClipboard'),
    ...roots('copilot', 'employeeExperience', 'search'),
  ],
  'management of devices': [
    ...ofUser('managedDevices', 'managedAppRegistrations', 'deviceManagementTroubleshootingEvents', 'cloudPCs'),
    ...ofUser(
      'ownedDevices',
      'registeredDevices',
      'removeAllDevicesFromManagement',
      'exportDeviceAndAppManagementData',
    ),
    ...ofUser('getManagedAppDiagnosticStatuses', 'getManagedAppPolicies', 'getManagedDevicesWithAppFailures'),
    ...ofUser('wipeManagedAppRegistrationsByDeviceTag'),
    ...roots('deviceManagement', 'deviceAppManagement', 'print'),
    ...ofUser('print'),
    ...['extensions', 'registeredOwners', 'registeredUsers'].map((name) => `/devices/{device}/${name}`),
    ...['POST /devices', 'PATCH /devices/{device}', 'DELETE /devices/{device}', '/directory/deviceLocalCredentials'],
  ],
  'deletion by directoryObjects; delete by the path of the type': ['DELETE /directoryObjects/{object}'],
  'writing of contacts': ['POST /contacts', 'PATCH /contacts/{contact}', 'DELETE /contacts/{contact}'],
  licences: [
    ...ofUser('licenseDetails', 'assignLicense', 'reprocessLicenseAssignment'),
    ...ofGroup('assignLicense', 'membersWithLicenseErrors'),
    ...roots('subscribedSkus', 'directory/subscriptions'),
  ],
  'directory roles and administrative units, beyond memberOf': [
    ...ofUser('scopedRoleMemberOf'),
    ...roots('directoryRoles', 'directoryRoleTemplates', 'roleManagement', 'scopedRoleMemberships'),
    ...roots('directory/administrativeUnits', 'directory/deletedItems/microsoft.graph.administrativeUnit'),
    ...['users/{user}', 'groups/{group}'].flatMap((owner) =>
      ['memberOf', 'transitiveMemberOf'].map((list) => `/${owner}/${list}/microsoft.graph.administrativeUnit`),
    ),
  ],
  'authentication methods and policies': [
    ...ofUser('authentication', 'changePassword'),
    ...roots('policies', 'identity', 'identityProtection', 'identityProviders', 'authenticationMethodsPolicy'),
    ...roots('authenticationMethodConfigurations', 'certificateBasedAuthConfiguration'),
    ...roots('directory/federationConfigurations', 'directory/publicKeyInfrastructure'),
  ],
  'governance and compliance': [
    ...ofUser('agreementAcceptances', 'dataSecurityAndGovernance', 'exportPersonalData'),
    ...roots('identityGovernance', 'agreements', 'agreementAcceptances', 'dataPolicyOperations', 'compliance'),
    ...roots('security', 'informationProtection', 'privacy'),
  ],
  'logs and reports': roots('auditLogs', 'reports'),
  'domains; the verified ones are in the organization': roots('domains', 'domainDnsRecords'),
  'invitations; guests come from the directory file': roots('invitations'),
  'registration of applications and assignment of their roles': [
    ...['POST /applications', 'PATCH /applications/{application}', 'DELETE /applications/{application}'],
    ...['extensionProperties', 'federatedIdentityCredentials', 'owners', 'logo', 'synchronization', 'addPassword'].map(
      (name) => `/applications/{application}/${name}`,
    ),
    ...['removePassword', 'addKey', 'removeKey', 'setVerifiedPublisher', 'unsetVerifiedPublisher'].map(
      (name) => `/applications/{application}/${name}`,
    ),
    ...['PATCH', 'DELETE'].flatMap((method) => [
      `${method} /applications(appId='{appId}')`,
      `${method} /servicePrincipals(appId='{appId}')`,
      `${method} /servicePrincipals/{principal}`,
      `${method} /servicePrincipals/{principal}/appRoleAssignments/{assignment}`,
    ]),
    ...['POST /servicePrincipals', 'POST /servicePrincipals/{principal}/appRoleAssignments'],
    ...['appRoleAssignedTo', 'owners', 'ownedObjects', 'oauth2PermissionGrants', 'synchronization'].map(
      (name) => `/servicePrincipals/{principal}/${name}`,
    ),
    ...ofUser('appRoleAssignments', 'oauth2PermissionGrants', 'permissionGrants'),
    ...ofGroup('appRoleAssignments', 'permissionGrants', 'checkGrantedPermissionsForApp'),
    ...roots('applicationTemplates', 'oauth2PermissionGrants', 'permissionGrants'),
    ...roots('directory/deletedItems/microsoft.graph.application', 'directory/deletedItems/microsoft.graph.device'),
    ...roots('directory/deletedItems/microsoft.graph.servicePrincipal'),
  ],
  'settings, expiry and photos of groups': [
    ...ofGroup('settings', 'groupLifecyclePolicies', 'renew', 'photo', 'photos', 'createdOnBehalfOf'),
    ...roots('groupLifecyclePolicies', 'groupSettings', 'groupSettingTemplates'),
  ],
  'validation of names before they are used': [
    ...ofGroup('validateProperties'),
    ...roots('directoryObjects/validateProperties', 'users/validateProperties', 'groups/validateProperties'),
  ],
  'open and schema extensions': [
    ...ofUser('extensions'),
    ...ofGroup('extensions'),
    ...roots('schemaExtensions', 'directoryObjects/getAvailableExtensionProperties'),
    ...roots('users/getAvailableExtensionProperties', 'groups/getAvailableExtensionProperties'),
    ...roots('directory/attributeSets', 'directory/customSecurityAttributeDefinitions'),
  ],
  'synchronisation with directories on premises': [
    ...ofUser('onPremisesSyncBehavior', 'serviceProvisioningErrors', 'retryServiceProvisioning'),
    ...ofGroup('onPremisesSyncBehavior', 'serviceProvisioningErrors', 'retryServiceProvisioning'),
    ...roots('directory/onPremisesSynchronization'),
  ],
  'sponsors and created objects of users': [
    ...ofUser('sponsors', 'createdObjects'),
    ...roots('directory/deletedItems/getUserOwnedObjects'),
  ],
  'delta queries of anything but users and groups': [
    ...roots('applications/delta', 'servicePrincipals/delta', 'devices/delta', 'contacts/delta'),
    ...roots('directoryObjects/delta'),
  ],
  'getByIds by another path than directoryObjects': ['POST /users/getByIds', 'POST /groups/getByIds'],
  'writing to the organization, and its branding': [
    ...['PATCH', 'DELETE'].map((method) => `${method} /organization/{organization}`),
    ...['branding', 'extensions', 'certificateBasedAuthConfiguration', 'setMobileDeviceManagementAuthority'].map(
      (name) => `/organization/{organization}/${name}`,
    ),
  ],
  'paths to a single property; $select it': [
    ...ofUser(...Object.keys(userProperties)),
    ...ofGroup(...Object.keys(groupProperties)),
  ],
  'paths on from a member, owner, manager or report; read the object by its own path': [
    ...ofUser('memberOf', 'transitiveMemberOf', 'manager', 'directReports', 'ownedObjects'),
    ...ofGroup('members', 'transitiveMembers', 'memberOf', 'transitiveMemberOf', 'owners'),
  ].map((path) => `${path}/{further}`),
  'lists of references': [
    ...['members', 'owners'].flatMap((list) =>
      ['GET', 'PUT', 'DELETE'].map((method) => `${method} /groups/{group}/${list}/$ref`),
    ),
    'GET /users/{user}/manager/$ref',
    'GET /users/{user}/directReports/$ref',
  ],
  "Graph's description of itself ($metadata)": ['/$metadata', 'GET /', 'GET /directory'],
  'the beta version; it speaks v1.0': ['/beta'],
  'the Graph of other products': [
    ...roots('admin', 'connections', 'contracts', 'education', 'external', 'filterOperators', 'functions'),
    ...roots('localizations', 'solutions', 'tenantRelationships', 'directory/recommendations'),
  ],
};
