import { type ClientState, type KeyRing, signClientState } from '@learnamp/contracts';

export const tenantId = '7d96d549-841b-4092-9c09-89abae4c860c';
export const personId = '4d147cc8-10cb-4158-ac52-90ee8ff9d846';
export const groupId = '0bc7d487-fd6f-41a0-8362-71ec81074f11';
export const subscriptionId = '092ba742-89d2-4417-a4c7-c120db062842';
export const organisationId = 'acme-1';

export const clientStateOf = (keys: KeyRing, state: Partial<ClientState> = {}, tenant = tenantId) =>
  signClientState(keys, { kind: 'users', organisationId, ...state }, tenant);

/** A notification about a user, as Graph sends it, but for what is given. */
export function aChangeNotification(keys: KeyRing, given: Record<string, unknown> = {}) {
  return {
    changeType: 'updated',
    clientState: clientStateOf(keys),
    resource: `Users/${personId}`,
    resourceData: {
      '@odata.type': '#Microsoft.Graph.User',
      '@odata.id': `Users/${personId}`,
      id: personId,
      organizationId: tenantId,
    },
    subscriptionExpirationDateTime: '2031-02-02T11:00:00.1234567+00:00',
    subscriptionId,
    tenantId,
    ...given,
  };
}

export function aLifecycleNotification(keys: KeyRing, given: Record<string, unknown> = {}) {
  return {
    subscriptionId,
    subscriptionExpirationDateTime: '2031-02-02T11:00:00.0000000Z',
    tenantId,
    clientState: clientStateOf(keys, { kind: 'groups' }),
    lifecycleEvent: 'reauthorizationRequired',
    ...given,
  };
}
