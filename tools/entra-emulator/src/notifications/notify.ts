import type { GraphTenant } from '../graph/protocol/graph-call.ts';
import { changeNotification, lifecycleNotification } from './change-notification.ts';
import type { Delivery } from './delivery.ts';

/** Tells subscriptions of each change of the tenant's directory. Returns the function that ends it. */
export function notifyOfChanges({ directory, subscriptions }: GraphTenant, delivery: Delivery): () => void {
  return directory.onChange((change) => {
    for (const subscription of subscriptions.all()) {
      const notification = subscription.paused
        ? undefined
        : changeNotification(subscription, change, directory.tenant.id);
      if (notification) delivery.send(subscription.notificationUrl, notification);
    }
  });
}

/**
 * Asks a subscriber to reauthorise, as Graph does when a token runs out. Until it does, changes are lost to it.
 * False when there is no such subscription, or it has no lifecycle URL to be asked at.
 */
export function requireReauthorization(
  { directory, subscriptions }: GraphTenant,
  delivery: Delivery,
  id: string,
): boolean {
  const subscription = subscriptions.find(id);
  if (subscription === undefined || subscription.lifecycleNotificationUrl === null) return false;
  subscriptions.put({ ...subscription, paused: true });
  const notification = lifecycleNotification(subscription, 'reauthorizationRequired', directory.tenant.id);
  delivery.send(subscription.lifecycleNotificationUrl, notification);
  return true;
}
