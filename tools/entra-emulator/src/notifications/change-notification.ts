import type { Change, LinkChange } from '../directory/change.ts';
import type { JsonObject } from '../json.ts';
import type { ChangeType, Subscription } from './subscription.ts';

/** .NET counts time in ticks of 100 ns since the year 1; Entra numbers its changes by them, beyond 2^53. */
const TICKS_PER_MS = 10_000n;
const TICKS_AT_1970 = 621_355_968_000_000_000n;

const shown = {
  user: { type: '#Microsoft.Graph.User', collection: 'Users' },
  group: { type: '#Microsoft.Graph.Group', collection: 'Groups' },
} as const;

/** What a subscription is told about a change, or undefined when it did not ask for it. */
export function changeNotification(subscription: Subscription, change: Change): JsonObject | undefined {
  // Into the recycle bin and back counts as updated; only the end for good is a deletion.
  const changeType: ChangeType = change.action === 'deleted' ? 'deleted' : 'updated';
  if (!subscription.changeTypes.includes(changeType) || !watches(subscription, change)) return undefined;
  const { tenantId, watched } = subscription;
  const { type, collection } = shown[watched.kind];
  const resource = `${collection}/${change.id}`;
  return {
    changeType,
    clientState: subscription.clientState,
    resource,
    resourceData: {
      '@odata.type': type,
      '@odata.id': resource,
      id: change.id,
      organizationId: tenantId,
      ...details(change, watched.relation === undefined ? ['members', 'owners'] : [watched.relation]),
    },
    subscriptionExpirationDateTime: `${subscription.expiration.text}+00:00`,
    subscriptionId: subscription.id,
    tenantId,
  };
}

function watches({ watched }: Subscription, change: Change): boolean {
  if (watched.kind !== change.kind || (watched.id ?? change.id) !== change.id) return false;
  const { relation } = watched;
  return relation === undefined || change.action === 'deleted' || linksOf(change, relation).length > 0;
}

function details(change: Change, relations: readonly ('members' | 'owners')[]): JsonObject {
  const links = change.action === 'deleted' ? [] : relations.filter((name) => linksOf(change, name).length > 0);
  return links.length > 0
    ? Object.fromEntries(links.map((name) => [`${name}@delta`, linksOf(change, name).map(linkDelta)]))
    : times(change);
}

// Captures of member changes carry neither time nor number; here "@removed" is a text, unlike in a delta query.
function linkDelta({ target, added }: LinkChange): JsonObject {
  return added ? { id: target.id } : { id: target.id, '@removed': 'deleted' };
}

function times({ at, sequence }: Change): JsonObject {
  // The log dates changes to the millisecond; its own numbers tell apart what happened in one.
  const ticks = BigInt(at) * TICKS_PER_MS + BigInt(sequence % Number(TICKS_PER_MS));
  const fraction = String(ticks % (TICKS_PER_MS * 1000n)).padStart(7, '0');
  return {
    eventTime: `${new Date(at).toISOString().slice(0, 19)}.${fraction}Z`,
    sequenceNumber: String(TICKS_AT_1970 + ticks),
  };
}

function linksOf(change: Change, relation: 'members' | 'owners'): LinkChange[] {
  return change.links.filter((link) => link.relation === relation);
}
