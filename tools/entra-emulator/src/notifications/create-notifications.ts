import type { GraphTenant, Route } from '../graph/protocol/graph-call.ts';
import { isUnauthorized } from './authorization.ts';
import { countPosts } from './count-posts.ts';
import { Delivery } from './delivery.ts';
import { DeliveryLog } from './delivery-log.ts';
import { FaultyOutbox } from './faulty-outbox.ts';
import { Lifecycle } from './lifecycle.ts';
import { createControl, type NotificationControl } from './notification-control.ts';
import { NotificationFaults } from './notification-faults.ts';
import type { Post } from './outbound.ts';
import { Timers, type Schedule } from './schedule.ts';
import { defaultLimits, type SubscriptionLimits } from './subscription-quota.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import { Subscriptions } from './subscriptions.ts';
import { watchDirectory } from './watch-directory.ts';

export interface NotificationsDeps {
  readonly post: Post;
  readonly schedule: Schedule;
  readonly clock: () => Date;
  /** How long notifications for one URL are gathered into one POST. */
  readonly gatherMs: number;
  readonly limits: Partial<SubscriptionLimits>;
}

/** Change notifications of all tenants. */
export interface Notifications {
  /** `/subscriptions` and what is below it. */
  readonly routes: readonly Route[];
  readonly control: NotificationControl;
  /** Tells of each change of a tenant's directory from now on, and acts when a consent is revoked. */
  watch(tenant: Pick<GraphTenant, 'directory' | 'applications'>): void;
  /** Calls off everything that has not been sent. */
  close(): void;
}

export function createNotifications({ clock, schedule, gatherMs, ...deps }: NotificationsDeps): Notifications {
  const timers = new Timers(schedule);
  const subscriptions = new Subscriptions(clock);
  const faults = new NotificationFaults(clock);
  const log = new DeliveryLog();
  const posts = countPosts(deps.post);
  const { post } = posts;
  const isHeld = (id: string): boolean => isUnauthorized(subscriptions.find(id), clock());
  const delivery = new Delivery({ post, timers, clock, gatherMs, isHeld, log });
  const outbox = new FaultyOutbox({ faults, timers, send: (notification) => delivery.send(notification) });
  const lifecycle = new Lifecycle({ subscriptions, timers, clock, send: (notification) => outbox.put(notification) });
  const limits = { ...defaultLimits, ...deps.limits };
  return {
    routes: subscriptionRoutes({ subscriptions, lifecycle, faults, limits, post }),
    control: createControl({ faults, subscriptions, lifecycle, log, delivery, posts }),
    watch({ directory, applications }) {
      watchDirectory(directory, { subscriptions, lifecycle, outbox });
      applications.onRevocation((appId) => lifecycle.revokeAll(directory.tenant.id, appId));
    },
    close: () => timers.close(),
  };
}
