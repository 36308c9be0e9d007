import { randomUUID } from 'node:crypto';
import { servicePrincipalId } from '../directory/service-principal.ts';
import type { GraphCall } from '../graph/protocol/graph-call.ts';
import { GraphError } from '../graph/protocol/graph-error.ts';
import { readJsonBody } from '../graph/protocol/graph-request.ts';
import { notFound } from '../graph/protocol/refusals.ts';
import type { NotificationFaults } from './notification-faults.ts';
import { authorize } from './authorization.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Post } from './outbound.ts';
import { readSubscription } from './read-subscription.ts';
import { checkMayWatch } from './subscription-access.ts';
import { checkRoom, type SubscriptionLimits } from './subscription-quota.ts';
import type { Subscription, WantedSubscription } from './subscription.ts';
import type { Subscriptions } from './subscriptions.ts';
import { validateEndpoint } from './validate-endpoint.ts';

export interface CreationDeps {
  readonly subscriptions: Subscriptions;
  readonly lifecycle: Lifecycle;
  readonly faults: NotificationFaults;
  readonly limits: SubscriptionLimits;
  readonly post: Post;
}

/** Makes a subscription. The caller waits for the handshakes, one for each URL even when they are equal. */
export async function createSubscription(call: GraphCall, deps: CreationDeps): Promise<Subscription> {
  const { subscriptions, limits, post } = deps;
  const wanted = readWanted(call);
  refuseByFault(deps.faults);
  checkRoom(subscriptions, limits, wanted);
  await validateEndpoint(post, wanted.notificationUrl);
  if (wanted.lifecycleNotificationUrl !== null) await validateEndpoint(post, wanted.lifecycleNotificationUrl);
  // Another request may have been quicker.
  checkRoom(subscriptions, limits, wanted);
  const subscription = { ...wanted, id: randomUUID(), ...authorize(wanted, call.token.expiresAt, call.now) };
  deps.lifecycle.keep(subscription);
  return subscription;
}

function readWanted(call: GraphCall): WantedSubscription {
  const { appId: applicationId, tenantId, userId } = call.token;
  const creator = { tenantId, applicationId, creatorId: userId ?? servicePrincipalId(tenantId, applicationId) };
  const wanted = readSubscription(readJsonBody(call.request), creator, call.now);
  const { kind, id } = wanted.watched;
  checkMayWatch(call, wanted.watched);
  if (id !== undefined && call.tenant.directory.find(id)?.kind !== kind) throw notFound(id);
  return wanted;
}

function refuseByFault(faults: NotificationFaults): void {
  const fault = faults.meetCreation();
  if (fault === undefined) return;
  const { status = 503, code = 'ServiceUnavailable', message = 'Please retry again later.', retryAfter } = fault;
  throw new GraphError(status, code, message, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) });
}
