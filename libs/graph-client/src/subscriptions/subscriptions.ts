import type { GraphClient } from '../client/graph-client.ts';
import { GraphError } from '../errors/graph-error.ts';
import { collect } from '../paging/pages.ts';
import { readSubscription, type Subscription } from './subscription.ts';

export interface NewSubscription {
  /** `users` or `groups`. */
  readonly resource: string;
  /** For users and groups `updated,deleted`; they have no other (Graph, subscription). */
  readonly changeType: string;
  /** https; Graph calls it while the creation waits. */
  readonly notificationUrl: string;
  /** Can't be added later. */
  readonly lifecycleNotificationUrl: string;
  /** At most 128 characters. */
  readonly clientState: string;
  /** At most 41,760 minutes ahead for users and groups; under 45 minutes is made 45. */
  readonly expirationDateTime: Date;
}

const path = (id: string) => `/subscriptions/${encodeURIComponent(id)}`;

/**
 * Creates a subscription. Not repeated when Graph's answer got lost: list the subscriptions to know.
 * @throws GraphError `conflict` when there is one of that resource, `bad-request` when the notification URL did not
 *   answer the handshake, `forbidden` for a missing permission or a used-up quota.
 */
export async function createSubscription(client: GraphClient, wanted: NewSubscription): Promise<Subscription> {
  const body = { ...wanted, expirationDateTime: wanted.expirationDateTime.toISOString() };
  const answer = await client.request({ method: 'POST', url: '/subscriptions', body });
  return readSubscription(answer.body);
}

/** The subscriptions of this application in this tenant. */
export async function listSubscriptions(client: GraphClient): Promise<Subscription[]> {
  const rows = await collect(client, '/subscriptions');
  return rows.map(readSubscription);
}

/** Renews a subscription, which reauthorises it too. @throws GraphError `not-found` when Graph has dropped it. */
export async function renewSubscription(
  client: GraphClient,
  id: string,
  expirationDateTime: Date,
): Promise<Subscription> {
  const body = { expirationDateTime: expirationDateTime.toISOString() };
  const answer = await client.request({ method: 'PATCH', url: path(id), body });
  return readSubscription(answer.body);
}

/** Removes a subscription; one that is gone already is fine. */
export async function removeSubscription(client: GraphClient, id: string): Promise<void> {
  try {
    await client.request({ method: 'DELETE', url: path(id) });
  } catch (error) {
    if (!(error instanceof GraphError) || error.code !== 'not-found') throw error;
  }
}

/** Answers a `reauthorizationRequired` without renewing. Not within ten minutes of a renewal (Graph, lifecycle events). */
export async function reauthorizeSubscription(client: GraphClient, id: string): Promise<void> {
  await client.request({ method: 'POST', url: `${path(id)}/reauthorize`, repeatable: true });
}
