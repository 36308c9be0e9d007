import { isChallengeDue } from './authorization.ts';
import { lifecycleNotification } from './lifecycle-notification.ts';
import type { LifecycleEvent, Notification } from './notification.ts';
import type { Timers } from './schedule.ts';
import type { Subscription } from './subscription.ts';
import type { Subscriptions } from './subscriptions.ts';

export interface LifecycleDeps {
  readonly subscriptions: Subscriptions;
  readonly timers: Timers;
  readonly clock: () => Date;
  send(notification: Notification): void;
}

/**
 * Keeps subscriptions, and asks for a reauthorisation when one is due. Of users and groups Graph tells nothing else by
 * itself: a removal and a loss are silent.
 */
export class Lifecycle {
  readonly #deps: LifecycleDeps;
  readonly #alarms = new Map<string, () => void>();

  constructor(deps: LifecycleDeps) {
    this.#deps = deps;
  }

  /** Puts a subscription that was made, renewed or reauthorised. */
  keep(subscription: Subscription): void {
    this.#deps.subscriptions.put(subscription);
    this.#silence(subscription.id);
    if (subscription.lifecycleNotificationUrl === null) return;
    const wait = Math.max(0, subscription.challengeAt - this.#deps.clock().getTime());
    this.#alarms.set(
      subscription.id,
      this.#deps.timers.after(wait, () => this.challengeIfDue(subscription.id)),
    );
  }

  /** Ends a subscription without a word. */
  remove(id: string): void {
    this.#silence(id);
    this.#deps.subscriptions.delete(id);
  }

  challengeIfDue(id: string): void {
    const subscription = this.#deps.subscriptions.find(id);
    if (subscription && isChallengeDue(subscription, this.#deps.clock())) this.tell(id, 'reauthorizationRequired');
  }

  /**
   * Sends a lifecycle event. After `reauthorizationRequired` changes are lost until it is answered; with
   * `subscriptionRemoved` the subscription is gone. False when it does not exist or has no lifecycle URL.
   */
  tell(id: string, event: LifecycleEvent): boolean {
    const subscription = this.#deps.subscriptions.find(id);
    if (subscription === undefined) return false;
    const notification = lifecycleNotification(subscription, event);
    if (notification === undefined) return false;
    this.#deps.send(notification);
    if (event === 'reauthorizationRequired') this.#deps.subscriptions.put({ ...subscription, paused: true });
    if (event === 'subscriptionRemoved') this.remove(subscription.id);
    return true;
  }

  /** An administrator has taken an application's permissions away: all that lived on them have to be renewed. */
  revokeAll(tenantId: string, applicationId: string): void {
    const isMeant = (subscription: Subscription): boolean =>
      subscription.applicationId.toLowerCase() === applicationId.toLowerCase();
    for (const { id } of this.#deps.subscriptions.of(tenantId).filter(isMeant)) this.#revoke(id);
  }

  /** Remembers all subscriptions. Returns the function that brings them back, as far as they still live, and no others. */
  snapshot(): () => void {
    const { subscriptions } = this.#deps;
    const remembered = subscriptions.all();
    return () => {
      for (const { id } of subscriptions.all()) this.remove(id);
      for (const subscription of remembered) this.keep(subscription);
    };
  }

  /** Who can't be asked for a reauthorisation gets nothing until it renews. */
  #revoke(id: string): void {
    const subscription = this.#deps.subscriptions.find(id);
    if (subscription === undefined || this.tell(id, 'reauthorizationRequired')) return;
    this.#deps.subscriptions.put({ ...subscription, authorizedUntil: this.#deps.clock().getTime() });
  }

  #silence(id: string): void {
    this.#alarms.get(id)?.();
    this.#alarms.delete(id);
  }
}
