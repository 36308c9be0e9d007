import { holds, parameter, type GraphCall } from '../graph/protocol/graph-call.ts';
import { readUsers, subscribeGroups } from '../graph/protocol/permissions.ts';
import { denied } from '../graph/protocol/refusals.ts';
import { subscriptionNotFound } from './refusals.ts';
import type { Subscription, WatchedResource } from './subscription.ts';
import type { Subscriptions } from './subscriptions.ts';

/** Refuses a caller who may not read what is to be watched. */
export function checkMayWatch(call: GraphCall, { kind }: WatchedResource): void {
  if (!holds(call, kind === 'user' ? readUsers : subscribeGroups)) throw denied();
}

/** The subscriptions of the calling application in its tenant. */
export function ownSubscriptions({ token }: GraphCall, subscriptions: Subscriptions): Subscription[] {
  return subscriptions.of(token.tenantId).filter(({ applicationId }) => applicationId === token.appId);
}

/** The subscription that the path names. One of another application, or one that has expired, is not there. */
export function findSubscription(call: GraphCall, subscriptions: Subscriptions): Subscription {
  const subscription = subscriptions.find(parameter(call, 'subscription'));
  const { tenantId, appId } = call.token;
  if (subscription?.tenantId !== tenantId || subscription.applicationId !== appId) throw subscriptionNotFound();
  checkMayWatch(call, subscription.watched);
  return subscription;
}
