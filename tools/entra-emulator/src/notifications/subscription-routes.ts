import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import { holds, parameter, type GraphCall, type Route } from '../graph/protocol/graph-call.ts';
import { GraphError } from '../graph/protocol/graph-error.ts';
import { readJsonBody, type GraphAnswer } from '../graph/protocol/graph-request.ts';
import { readUsers, subscribeGroups } from '../graph/protocol/permissions.ts';
import { denied, notFound } from '../graph/protocol/refusals.ts';
import { servicePrincipalId } from '../directory/service-principal.ts';
import type { Post } from './outbound.ts';
import { isDuplicate, type Subscription } from './subscription.ts';
import { invalid, readExpiry, readSubscription, readUrl } from './subscription-request.ts';
import { validateEndpoint } from './validate-endpoint.ts';

/** How many subscriptions to directory objects an application may have in one tenant. */
const MAX_PER_APPLICATION = 100;

/** Making, renewing and ending subscriptions. An application sees only its own. */
export function subscriptionRoutes(post: Post): readonly Route[] {
  return [
    { method: 'POST', path: '/subscriptions', permissions: [], handle: (call) => create(call, post) },
    {
      method: 'GET',
      path: '/subscriptions',
      permissions: [],
      handle(call) {
        const context = `${call.request.origin}/v1.0/$metadata#subscriptions`;
        return {
          status: 200,
          body: { '@odata.context': context, value: own(call).map((subscription) => render(subscription, call)) },
        };
      },
    },
    {
      method: 'GET',
      path: '/subscriptions/{subscription}',
      permissions: [],
      handle: (call) => answer(call, 200, find(call)),
    },
    { method: 'PATCH', path: '/subscriptions/{subscription}', permissions: [], handle: (call) => update(call, post) },
    {
      method: 'DELETE',
      path: '/subscriptions/{subscription}',
      permissions: [],
      handle(call) {
        call.tenant.subscriptions.delete(find(call).id);
        return { status: 204 };
      },
    },
    {
      method: 'POST',
      path: '/subscriptions/{subscription}/reauthorize',
      permissions: [],
      handle(call) {
        call.tenant.subscriptions.put({ ...find(call), paused: false });
        return { status: 204 };
      },
    },
  ];
}

async function create(call: GraphCall, post: Post): Promise<GraphAnswer> {
  const wanted = readSubscription(readJsonBody(call.request), call.token.appId, call.now);
  const { kind, id } = wanted.watched;
  if (!holds(call, kind === 'user' ? readUsers : subscribeGroups)) throw denied();
  if (id !== undefined && call.tenant.directory.find(id)?.kind !== kind) throw notFound(id);
  checkRoom(call, wanted);
  // The caller waits for the handshakes, one for each URL even when they are equal.
  await validateEndpoint(post, wanted.notificationUrl);
  if (wanted.lifecycleNotificationUrl !== null) await validateEndpoint(post, wanted.lifecycleNotificationUrl);
  // Another request may have been quicker.
  checkRoom(call, wanted);
  const subscription = { ...wanted, id: randomUUID() };
  call.tenant.subscriptions.put(subscription);
  return answer(call, 201, subscription);
}

function checkRoom(call: GraphCall, wanted: Omit<Subscription, 'id'>): void {
  const present = own(call);
  const same = present.find((subscription) => isDuplicate(subscription, wanted));
  if (same)
    throw new GraphError(409, 'Conflict', `Subscription Id ${same.id} already exists for the requested combination`);
  if (present.length >= MAX_PER_APPLICATION) {
    throw new GraphError(
      403,
      'Forbidden',
      `The limit of ${MAX_PER_APPLICATION} subscriptions per application and tenant has been reached.`,
    );
  }
}

async function update(call: GraphCall, post: Post): Promise<GraphAnswer> {
  const { expirationDateTime, notificationUrl, ...rest } = readJsonBody(call.request);
  const [refused] = Object.keys(rest);
  if (refused !== undefined) throw invalid(`The property '${refused}' cannot be changed.`);
  const before = find(call);
  const expiresAt = expirationDateTime === undefined ? before.expiresAt : readExpiry(expirationDateTime, call.now);
  const url = notificationUrl === undefined ? before.notificationUrl : readUrl('notificationUrl', notificationUrl);
  // Whether Graph asks a new endpoint again is not documented; here it does, the stricter way.
  if (url !== before.notificationUrl) await validateEndpoint(post, url);
  // Renewing reauthorises as well.
  const paused = expirationDateTime === undefined && before.paused;
  const subscription = { ...before, expiresAt, notificationUrl: url, paused };
  call.tenant.subscriptions.put(subscription);
  return answer(call, 200, subscription);
}

function own(call: GraphCall): Subscription[] {
  return call.tenant.subscriptions.all().filter(({ applicationId }) => applicationId === call.token.appId);
}

function find(call: GraphCall): Subscription {
  const id = parameter(call, 'subscription');
  const subscription = own(call).find((candidate) => candidate.id === id.toLowerCase());
  if (subscription === undefined) throw notFound(id);
  return subscription;
}

function answer(call: GraphCall, status: number, subscription: Subscription): GraphAnswer {
  const context = `${call.request.origin}/v1.0/$metadata#subscriptions/$entity`;
  return { status, body: { '@odata.context': context, ...render(subscription, call) } };
}

function render(subscription: Subscription, { token }: GraphCall): JsonObject {
  return {
    id: subscription.id,
    resource: subscription.resource,
    applicationId: subscription.applicationId,
    changeType: subscription.changeType,
    clientState: subscription.clientState,
    notificationUrl: subscription.notificationUrl,
    lifecycleNotificationUrl: subscription.lifecycleNotificationUrl,
    expirationDateTime: new Date(subscription.expiresAt).toISOString(),
    creatorId: servicePrincipalId(token.tenantId, subscription.applicationId),
    latestSupportedTlsVersion: subscription.latestSupportedTlsVersion,
    encryptionCertificate: null,
    encryptionCertificateId: null,
    includeResourceData: null,
    notificationContentType: 'application/json',
  };
}
