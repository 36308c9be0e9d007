import { allAppRoles } from '../../directory/default-application.ts';
import { deviceProperties } from '../../directory/device-properties.ts';
import type { DirectoryFile } from '../../directory/directory-file.ts';
import { groupProperties } from '../../directory/group-properties.ts';
import { orgContactProperties } from '../../directory/org-contact-properties.ts';
import type { Properties, PropertyType } from '../../directory/property-type.ts';
import { servicePrincipalId } from '../../directory/service-principal.ts';
import { userProperties } from '../../directory/user-properties.ts';
import { portrait } from '../../generate/portrait.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { directoryOf } from '../examples/seed.ts';

const TENANT = '33333333-0000-4000-8000-00000000cafe';
const DATE = '2024-05-06T07:08:09Z';
const GUID = '33333333-0000-4000-8000-000000000001';

const valueOfType: Readonly<Record<PropertyType, JsonValue>> = {
  text: 'text',
  boolean: true,
  date: DATE,
  number: 7,
  texts: ['one', 'two'],
  object: {},
  objects: [],
};

/** Values for properties that are objects, with every kind of value in them. */
const objects: JsonObject = {
  assignedLicenses: [{ disabledPlans: [GUID], skuId: GUID }],
  assignedPlans: [{ assignedDateTime: DATE, capabilityStatus: 'Enabled', service: 'exchange', servicePlanId: GUID }],
  authorizationInfo: { certificateUserIds: ['X509:<SKI>1'] },
  employeeOrgData: { costCenter: '1', division: null },
  identities: [{ signInType: 'userPrincipalName', issuer: 'contoso.example', issuerAssignedId: 'a@contoso.example' }],
  onPremisesExtensionAttributes: { extensionAttribute1: 'one', extensionAttribute15: null },
  onPremisesProvisioningErrors: [{ category: 'PropertyConflict', occurredDateTime: DATE, value: 'a' }],
  signInActivity: { lastSignInDateTime: DATE, lastSignInRequestId: GUID },
};

/** The objects that a sweep asks for by name. Those to delete are live at first. */
export const richIds = {
  user: '11111111-0000-4000-8000-000000000001',
  plainUser: '11111111-0000-4000-8000-000000000002',
  userToDelete: '11111111-0000-4000-8000-000000000003',
  group: '22222222-0000-4000-8000-000000000001',
  plainGroup: '22222222-0000-4000-8000-000000000002',
  groupToDelete: '22222222-0000-4000-8000-000000000003',
  device: '44444444-0000-4000-8000-000000000001',
  deviceId: '44444444-0000-4000-8000-000000000002',
  contact: '55555555-0000-4000-8000-000000000001',
  appId: '66666666-0000-4000-8000-000000000001',
  servicePrincipal: servicePrincipalId(TENANT, '66666666-0000-4000-8000-000000000001'),
};

const asUser = (id: string): JsonObject => ({ '@odata.type': '#microsoft.graph.user', id });
const asGroup = (id: string): JsonObject => ({ '@odata.type': '#microsoft.graph.group', id });

/** A directory with a user and a group of which every property has a value, and others without any; all are linked. */
export function richDirectory(): DirectoryFile {
  const { user, plainUser, userToDelete, group, plainGroup, groupToDelete, device, deviceId, contact, appId } = richIds;
  const rich = { ...valuesOf(userProperties), userType: 'Member', userPrincipalName: 'rich@contoso.example' };
  return directoryOf({
    tenantId: TENANT,
    users: [
      { ...rich, id: user, manager: { id: plainUser }, photo: portrait(1).toString('base64') },
      { id: plainUser, manager: { id: user } },
      { id: userToDelete },
    ],
    groups: [
      { ...valuesOf(groupProperties), id: group, groupTypes: [], members: [asUser(user), asGroup(plainGroup)] },
      {
        id: plainGroup,
        members: [asUser(plainUser), asGroup(group), { '@odata.type': '#microsoft.graph.device', id: device }],
        owners: [asUser(plainUser)],
      },
      { id: groupToDelete, groupTypes: ['Unified'], members: [asUser(user)] },
    ],
    devices: [{ ...valuesOf(deviceProperties), id: device, deviceId, displayName: 'Laptop' }],
    contacts: [{ ...valuesOf(orgContactProperties), id: contact, displayName: 'Outside Adviser' }],
    applications: [
      {
        appId,
        displayName: 'Sweep',
        passwordCredentials: [{ secretText: 'secret' }],
        web: { redirectUris: ['https://app.example/callback'], logoutUrl: 'https://app.example/signed-out' },
        appRoles: allAppRoles,
      },
    ],
    directoryRoles: [{ displayName: 'Global Administrator', members: [{ id: user }] }],
  });
}

function valuesOf(properties: Properties): JsonObject {
  const names = Object.keys(properties).filter((name) => name !== 'deletedDateTime');
  return Object.fromEntries(
    names.map((name) => [name, objects[name] ?? valueOfType[properties[name]?.type ?? 'text']]),
  );
}
