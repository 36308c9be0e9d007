import type { CountedPosts } from './count-posts.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryEntry, DeliveryLog } from './delivery-log.ts';
import type { EndpointState } from './endpoint-health.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { LifecycleEvent } from './notification.ts';
import type { NotificationFaults } from './notification-faults.ts';
import type { Subscription } from './subscription.ts';
import type { Subscriptions } from './subscriptions.ts';

/** What a test, a scenario or the start page may do with notifications while the emulator runs. */
export interface NotificationControl {
  /** What goes wrong with them. */
  readonly faults: NotificationFaults;
  /** Those of all tenants, oldest first. */
  subscriptions(): readonly Subscription[];
  /** The last thousand attempts to deliver, oldest first. */
  deliveries(): readonly DeliveryEntry[];
  /** Forgets them. */
  resetDeliveries(): void;
  /** Every endpoint that was posted to, by host and port. */
  endpoints(): ReadonlyMap<string, EndpointState>;
  /** How many posts to endpoints, handshakes included, wait for their answer. */
  underWay(): number;
  /**
   * Tells a subscriber about the subscription. After `reauthorizationRequired` changes are lost until it is answered;
   * with `subscriptionRemoved` the subscription is gone. False when there is none, or it has no lifecycle URL.
   */
  sendLifecycleEvent(subscriptionId: string, event: LifecycleEvent): boolean;
  /** Ends a subscription and tells nobody, as Graph does with those of users and groups. False when there is none. */
  dropSubscription(subscriptionId: string): boolean;
  /** Remembers all subscriptions. Returns the function that brings them back. */
  snapshot(): () => void;
}

export interface ControlDeps {
  readonly faults: NotificationFaults;
  readonly subscriptions: Subscriptions;
  readonly lifecycle: Lifecycle;
  readonly log: DeliveryLog;
  readonly delivery: Delivery;
  readonly posts: CountedPosts;
}

export function createControl(deps: ControlDeps): NotificationControl {
  const { faults, subscriptions, lifecycle, log, delivery, posts } = deps;
  return {
    faults,
    underWay: () => posts.underWay(),
    subscriptions: () => subscriptions.all(),
    deliveries: () => log.entries(),
    resetDeliveries: () => log.reset(),
    snapshot: () => lifecycle.snapshot(),
    endpoints: () => delivery.endpoints(),
    sendLifecycleEvent: (id, event) => lifecycle.tell(id, event),
    dropSubscription(id) {
      const subscription = subscriptions.find(id);
      if (subscription) lifecycle.remove(subscription.id);
      return subscription !== undefined;
    },
  };
}
