import type { Properties } from './property-type.ts';

/** The properties of Graph's servicePrincipal that tell which application acts, and whether it may. */
export const servicePrincipalProperties: Properties = {
  accountEnabled: { type: 'boolean' },
  appDisplayName: { type: 'text' },
  appId: { type: 'text' },
  appOwnerOrganizationId: { type: 'text' },
  appRoleAssignmentRequired: { type: 'boolean' },
  deletedDateTime: { type: 'date' },
  displayName: { type: 'text', required: true },
  id: { type: 'text', required: true },
  servicePrincipalNames: { type: 'texts' },
  servicePrincipalType: { type: 'text' },
  signInAudience: { type: 'text' },
  tags: { type: 'texts' },
};

export const defaultServicePrincipalProperties: readonly string[] = Object.keys(servicePrincipalProperties);
