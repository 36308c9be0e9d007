import type { Directory } from '../directory/directory.ts';
import { changeNotification } from './change-notification.ts';
import type { FaultyOutbox } from './faulty-outbox.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Subscriptions } from './subscriptions.ts';

export interface WatchDeps {
  readonly subscriptions: Subscriptions;
  readonly lifecycle: Lifecycle;
  readonly outbox: FaultyOutbox;
}

/** Tells the subscriptions of a tenant of each change of its directory. */
export function watchDirectory(directory: Directory, { subscriptions, lifecycle, outbox }: WatchDeps): void {
  directory.onChange((change) => {
    for (const { id } of subscriptions.of(directory.tenant.id)) {
      // Where the clock was moved without the timers, a challenge may have been due for long.
      lifecycle.challengeIfDue(id);
      const subscription = subscriptions.find(id);
      if (subscription === undefined || subscription.paused) continue;
      const body = changeNotification(subscription, change);
      if (body === undefined) continue;
      outbox.put({ url: subscription.notificationUrl, subscriptionId: id, kind: 'change', body });
    }
  });
}
