import type { JsonObject } from '../json.ts';
import type { Subscription } from './subscription.ts';

/** A subscription as Graph shows it. What was never set is left out; a list hides the secret. */
export function renderSubscription(subscription: Subscription, inList = false): JsonObject {
  const { lifecycleNotificationUrl, notificationUrlAppId } = subscription;
  return {
    id: subscription.id,
    resource: subscription.resource,
    applicationId: subscription.applicationId,
    changeType: subscription.changeType,
    clientState: inList ? null : subscription.clientState,
    notificationUrl: subscription.notificationUrl,
    ...(lifecycleNotificationUrl === null ? {} : { lifecycleNotificationUrl }),
    ...(notificationUrlAppId === null ? {} : { notificationUrlAppId }),
    expirationDateTime: `${subscription.expiration.text}Z`,
    creatorId: subscription.creatorId,
    latestSupportedTlsVersion: subscription.latestSupportedTlsVersion,
    ...subscription.richNotifications,
    notificationContentType: 'application/json',
  };
}
