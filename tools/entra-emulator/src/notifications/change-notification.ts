import type { Change } from '../directory/change.ts';
import type { JsonObject } from '../json.ts';
import type { ChangeType, Subscription } from './subscription.ts';

/** .NET counts time in ticks of 100 ns since the year 1; Entra's sequence numbers are of that size, beyond 2^53. */
const TICKS_PER_MS = 10_000;
const TICKS_AT_1970 = 621_355_968_000_000_000;

/** What a subscription is told about a change, or undefined when it did not ask for it. */
export function changeNotification(
  subscription: Subscription,
  change: Change,
  tenantId: string,
): JsonObject | undefined {
  // Into the recycle bin and back counts as updated; only the end for good is a deletion.
  const changeType: ChangeType = change.action === 'deleted' ? 'deleted' : 'updated';
  if (!subscription.changeTypes.includes(changeType) || !watches(subscription, change)) return undefined;
  const resource = `${change.kind === 'user' ? 'Users' : 'Groups'}/${change.id}`;
  return {
    changeType,
    ...(subscription.clientState === null ? {} : { clientState: subscription.clientState }),
    resource,
    resourceData: {
      '@odata.type': change.kind === 'user' ? '#Microsoft.Graph.User' : '#Microsoft.Graph.Group',
      '@odata.id': resource,
      id: change.id,
      organizationId: tenantId,
      ...details(change),
    },
    subscriptionExpirationDateTime: expiration(subscription),
    subscriptionId: subscription.id,
    tenantId,
  };
}

/** What a subscription is told about itself, at its lifecycle URL. */
export function lifecycleNotification(
  subscription: Subscription,
  lifecycleEvent: 'reauthorizationRequired',
  tenantId: string,
): JsonObject {
  return {
    subscriptionId: subscription.id,
    subscriptionExpirationDateTime: expiration(subscription),
    tenantId,
    ...(subscription.clientState === null ? {} : { clientState: subscription.clientState }),
    lifecycleEvent,
  };
}

function watches({ watched }: Subscription, change: Change): boolean {
  if (watched.kind !== change.kind || (watched.id ?? change.id) !== change.id) return false;
  return !watched.membersOnly || memberLinks(change).length > 0;
}

function details(change: Change): JsonObject {
  const members = change.action === 'deleted' ? [] : memberLinks(change);
  // Captures of member changes carry neither time nor number; here "@removed" is a text, unlike in a delta query.
  if (members.length > 0) {
    return {
      'members@delta': members.map(({ target, added }) =>
        added ? { id: target.id } : { id: target.id, '@removed': 'deleted' },
      ),
    };
  }
  return {
    eventTime: new Date(change.at).toISOString().replace('Z', '0000Z'),
    sequenceNumber: TICKS_AT_1970 + change.at * TICKS_PER_MS,
  };
}

function memberLinks(change: Change): Change['links'] {
  return change.links.filter((link) => link.relation === 'members');
}

function expiration({ expiresAt }: Subscription): string {
  return new Date(expiresAt).toISOString().replace('Z', '0000+00:00');
}
