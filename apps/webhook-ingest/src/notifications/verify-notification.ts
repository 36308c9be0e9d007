import { type ClientState, type GraphNotification, type KeyRing, verifyClientState } from '@learnamp/contracts';
import { Value } from 'typebox/value';
import { LifecycleNotification, ObjectNotification } from './change-notification.ts';

/** Why an element is dropped. For counting alone: the sender is told nothing. */
export type DropReason = 'malformed' | 'unknown-sender' | 'other-resource';

export type Verified =
  | { readonly kind: 'ours'; readonly notification: GraphNotification }
  | { readonly kind: 'dropped'; readonly reason: DropReason };

const dropped = (reason: DropReason): Verified => ({ kind: 'dropped', reason });

/**
 * Checks one element of a notification and says what it means. clientState is the only proof of its sender (Graph,
 * change notifications); it holds for one kind of resource, one organisation and one tenant. The tenant goes no further.
 */
export function verifyNotification(keys: KeyRing, element: unknown): Verified {
  if (Value.Check(LifecycleNotification, element)) return verifyLifecycle(keys, element);
  if (Value.Check(ObjectNotification, element)) return verifyObject(keys, element);
  return dropped('malformed');
}

function verifyObject(keys: KeyRing, element: ObjectNotification): Verified {
  const sender = verifyClientState(keys, element.clientState, element.tenantId);
  if (!sender) return dropped('unknown-sender');
  const changed = changedObject(element.resource);
  if (changed?.kind !== sender.kind) return dropped('other-resource');
  return ours(sender, { objectId: changed.objectId, subscriptionId: element.subscriptionId });
}

function verifyLifecycle(keys: KeyRing, element: LifecycleNotification): Verified {
  const sender = verifyClientState(keys, element.clientState, element.tenantId);
  if (!sender) return dropped('unknown-sender');
  return ours(sender, { lifecycleEvent: element.lifecycleEvent, subscriptionId: element.subscriptionId });
}

const ours = (sender: ClientState, rest: Omit<GraphNotification, keyof ClientState>): Verified => ({
  kind: 'ours',
  notification: { organisationId: sender.organisationId, kind: sender.kind, ...rest },
});

const objectPath = /^\/?(users|groups)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function changedObject(resource: string): { kind: ClientState['kind']; objectId: string } | undefined {
  const [, kind, objectId] = objectPath.exec(resource.toLowerCase()) ?? [];
  return objectId === undefined ? undefined : { kind: kind === 'users' ? 'users' : 'groups', objectId };
}
