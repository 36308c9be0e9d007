import type { JsonObject } from '../json.ts';

/** What Graph tells a subscriber about the subscription itself. */
export type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed';

/** One element of what is posted to an endpoint, and where it goes. */
export interface Notification {
  readonly url: string;
  readonly subscriptionId: string;
  readonly kind: 'change' | 'lifecycle';
  readonly body: JsonObject;
}

/**
 * The body of a POST. Sequence numbers are kept as texts, since they are beyond 2^53, and written as the numbers that
 * Graph sends. A quotation mark inside a value is escaped, so no value can look like the property.
 */
export function notificationCollection(notifications: readonly Notification[]): string {
  const body = JSON.stringify({ value: notifications.map((notification) => notification.body) });
  return body.replaceAll(/"sequenceNumber":"(\d+)"/g, '"sequenceNumber":$1');
}
