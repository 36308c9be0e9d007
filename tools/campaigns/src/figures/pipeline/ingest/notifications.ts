import { randomUUID } from 'node:crypto';
import { type ClientState, type KeyRing, signClientState } from '@learnamp/contracts';

/** Who is told of: an organisation, and the tenant in which its subscription is. */
export interface Sender {
  readonly kind: ClientState['kind'];
  readonly organisationId: string;
  readonly tenantId: string;
}

export const aSender = (organisationId: string, kind: Sender['kind'] = 'users'): Sender => ({
  kind,
  organisationId,
  tenantId: randomUUID(),
});

/** A notification as Graph sends it. */
export type Notification = Readonly<Record<string, unknown>>;

export const clientStateOf = (keys: KeyRing, { kind, organisationId, tenantId }: Sender) =>
  signClientState(keys, { kind, organisationId }, tenantId);

/** A good one, of an object that is told of only once. */
export function notificationOf(keys: KeyRing, sender: Sender, objectId: string): Notification {
  const { kind, tenantId } = sender;
  return {
    changeType: 'updated',
    clientState: clientStateOf(keys, sender),
    resource: `${kind === 'users' ? 'Users' : 'Groups'}/${objectId}`,
    resourceData: { '@odata.type': '#Microsoft.Graph.User', '@odata.id': `Users/${objectId}`, id: objectId },
    subscriptionExpirationDateTime: '2031-02-02T11:00:00.1234567+00:00',
    subscriptionId: randomUUID(),
    tenantId,
  };
}
