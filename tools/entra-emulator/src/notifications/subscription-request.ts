import type { JsonObject, JsonValue } from '../json.ts';
import { GraphError } from '../graph/protocol/graph-error.ts';
import { parseWatchedResource, type ChangeType, type Subscription } from './subscription.ts';

const MINUTE = 60_000;
/** Below this the expiry is raised without a word. */
const MIN_MINUTES = 45;
/** Just under 29 days: the most for directory objects. */
const MAX_MINUTES = 41_760;
const MAX_CLIENT_STATE = 128;

// Of rich notifications and web push, neither of which exists for directory objects.
const unsupported = [
  'encryptionCertificate',
  'encryptionCertificateId',
  'vapidPublicKey',
  'webPushEncryptionPublicKey',
  'webPushEncryptionSecret',
];

/** Reads the body of `POST /subscriptions`, or refuses it. */
export function readSubscription(body: JsonObject, applicationId: string, now: Date): Omit<Subscription, 'id'> {
  for (const name of unsupported) {
    if (body[name] !== undefined && body[name] !== null)
      throw invalid(`The property '${name}' is not supported for this resource.`);
  }
  if (body['includeResourceData'] === true) throw invalid('Resource data is not supported for this resource.');
  const resource = requiredText(body, 'resource');
  const watched = parseWatchedResource(resource);
  if (watched === undefined) throw invalid(`Resource '${resource}' is not supported for change notifications.`);
  const lifecycleUrl = body['lifecycleNotificationUrl'] ?? null;
  return {
    applicationId,
    resource,
    watched,
    ...readChangeType(requiredText(body, 'changeType')),
    clientState: readClientState(body['clientState']),
    notificationUrl: readUrl('notificationUrl', requiredText(body, 'notificationUrl')),
    lifecycleNotificationUrl: lifecycleUrl === null ? null : readUrl('lifecycleNotificationUrl', lifecycleUrl),
    latestSupportedTlsVersion: readTlsVersion(body['latestSupportedTlsVersion']),
    expiresAt: readExpiry(requiredText(body, 'expirationDateTime'), now),
    paused: false,
  };
}

/** When a subscription is to end: raised to 45 minutes ahead, refused beyond 41,760. */
export function readExpiry(value: JsonValue, now: Date): number {
  const expiresAt = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(expiresAt)) throw invalid(`'expirationDateTime' is not a date: ${JSON.stringify(value)}`);
  if (expiresAt <= now.getTime()) throw invalid('Subscription expiration must be in the future.');
  if (expiresAt > now.getTime() + MAX_MINUTES * MINUTE) {
    throw invalid(`Subscription expiration can only be ${MAX_MINUTES} minutes in the future.`);
  }
  return Math.max(expiresAt, now.getTime() + MIN_MINUTES * MINUTE);
}

/** An https URL; the query string is kept. */
export function readUrl(name: string, value: JsonValue): string {
  if (typeof value !== 'string' || !URL.canParse(value) || new URL(value).protocol !== 'https:') {
    throw invalid(`'${name}' must be an https URL.`);
  }
  return value;
}

export function invalid(message: string): GraphError {
  return new GraphError(400, 'InvalidRequest', message);
}

function requiredText(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw invalid(`'${name}' is a required property.`);
  return value;
}

function readChangeType(changeType: string): Pick<Subscription, 'changeType' | 'changeTypes'> {
  const changeTypes = changeType.split(',').map((type): ChangeType => {
    const name = type.trim().toLowerCase();
    // Users and groups know no "created": a new one arrives as "updated".
    if (name !== 'updated' && name !== 'deleted')
      throw invalid(`Change type '${type}' is not supported for this resource.`);
    return name;
  });
  return { changeType, changeTypes: [...new Set(changeTypes)] };
}

function readClientState(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || value.length > MAX_CLIENT_STATE) {
    throw invalid(`'clientState' must not be longer than ${MAX_CLIENT_STATE} characters.`);
  }
  return value;
}

function readTlsVersion(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return 'v1_2';
  if (typeof value !== 'string' || !/^v1_[0-3]$/.test(value))
    throw invalid("'latestSupportedTlsVersion' is not valid.");
  return value;
}
