import type { GraphCall } from '../graph/protocol/graph-call.ts';
import { readJsonBody } from '../graph/protocol/graph-request.ts';
import { authorize } from './authorization.ts';
import { readExpiration } from './expiration.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Post } from './outbound.ts';
import { readUrl } from './read-subscription.ts';
import { invalidRequest, tooSoon } from './refusals.ts';
import { findSubscription } from './subscription-access.ts';
import type { Subscription } from './subscription.ts';
import type { Subscriptions } from './subscriptions.ts';
import { validateEndpoint } from './validate-endpoint.ts';

/** Within this time a subscription must not be both updated and reauthorised. */
const BETWEEN_MS = 10 * 60_000;

export interface UpdateDeps {
  readonly subscriptions: Subscriptions;
  readonly lifecycle: Lifecycle;
  readonly post: Post;
}

/** Renews a subscription, which reauthorises it too, or sends its notifications elsewhere from now on. */
export async function updateSubscription(call: GraphCall, deps: UpdateDeps): Promise<Subscription> {
  const before = findSubscription(call, deps.subscriptions);
  const { expiration, notificationUrl = before.notificationUrl } = readChanges(call);
  checkDistance(before.reauthorizedAt, call.now);
  // Whether Graph asks a new endpoint is not documented; here it does, the stricter way.
  if (notificationUrl !== before.notificationUrl) await validateEndpoint(deps.post, notificationUrl);
  const renewal = expiration && { expiration, ...authorize({ expiration }, call.token.expiresAt, call.now) };
  // It may have ended, or been paused, during the handshake.
  const present = findSubscription(call, deps.subscriptions);
  const subscription = { ...present, notificationUrl, ...renewal, updatedAt: call.now.getTime() };
  deps.lifecycle.keep(subscription);
  return subscription;
}

/** Answers a challenge: what the token may do counts from now on. The expiry stays. */
export function reauthorizeSubscription(call: GraphCall, { subscriptions, lifecycle }: UpdateDeps): void {
  const before = findSubscription(call, subscriptions);
  checkDistance(before.updatedAt, call.now);
  const authorization = authorize(before, call.token.expiresAt, call.now);
  lifecycle.keep({ ...before, ...authorization, reauthorizedAt: call.now.getTime() });
}

function readChanges(call: GraphCall): Partial<Pick<Subscription, 'expiration' | 'notificationUrl'>> {
  const { expirationDateTime, notificationUrl, ...rest } = readJsonBody(call.request);
  const [refused] = Object.keys(rest);
  if (refused !== undefined) throw invalidRequest(`The property '${refused}' cannot be changed.`);
  if (expirationDateTime === undefined && notificationUrl === undefined) {
    throw invalidRequest(
      "Subscription must contain either the 'expirationDateTime' or 'notificationUrl' property and its value.",
    );
  }
  return {
    ...(expirationDateTime === undefined ? {} : { expiration: readExpiration(expirationDateTime, call.now) }),
    ...(notificationUrl === undefined ? {} : { notificationUrl: readUrl('notificationUrl', notificationUrl) }),
  };
}

function checkDistance(since: number | undefined, now: Date): void {
  if (since !== undefined && now.getTime() - since < BETWEEN_MS) throw tooSoon();
}
