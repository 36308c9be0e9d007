import type { LifecycleEvent, Notification } from './notification.ts';
import type { Subscription } from './subscription.ts';

/** What a subscription is told about itself; undefined when it has no lifecycle URL to be told at. */
export function lifecycleNotification(
  subscription: Subscription,
  lifecycleEvent: LifecycleEvent,
): Notification | undefined {
  const { id, lifecycleNotificationUrl: url, tenantId, clientState, expiration } = subscription;
  if (url === null) return undefined;
  const [seconds = '', fraction = ''] = expiration.text.split('.');
  return {
    url,
    subscriptionId: id,
    kind: 'lifecycle',
    body: {
      subscriptionId: id,
      subscriptionExpirationDateTime: `${seconds}.${fraction.padEnd(7, '0')}Z`,
      tenantId,
      clientState,
      lifecycleEvent,
    },
  };
}
