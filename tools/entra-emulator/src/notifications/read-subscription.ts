import type { JsonObject, JsonValue } from '../json.ts';
import { readExpiration } from './expiration.ts';
import { invalidRequest } from './refusals.ts';
import {
  parseWatchedResource,
  type ChangeType,
  type WantedSubscription,
  type WatchedResource,
} from './subscription.ts';

const MAX_CLIENT_STATE = 128;

// Of web push and Universal Print, neither of which exists for directory objects.
const unsupported = [
  'notificationQueryOptions',
  'vapidPublicKey',
  'webPushEncryptionPublicKey',
  'webPushEncryptionSecret',
];

// Nor are there notifications with the objects themselves; a client may say that it wants none.
const rich = ['encryptionCertificate', 'encryptionCertificateId', 'includeResourceData'];

const known = [
  ...rich,
  'changeType',
  'clientState',
  'expirationDateTime',
  'latestSupportedTlsVersion',
  'lifecycleNotificationUrl',
  'notificationContentType',
  'notificationUrl',
  'notificationUrlAppId',
  'resource',
];

/** Who asks for a subscription. */
export type Creator = Pick<WantedSubscription, 'tenantId' | 'applicationId' | 'creatorId'>;

/** Reads the body of `POST /subscriptions`, or refuses it. */
export function readSubscription(body: JsonObject, creator: Creator, now: Date): WantedSubscription {
  checkNames(body);
  const resource = requiredText(body, 'resource');
  const lifecycleUrl = body['lifecycleNotificationUrl'] ?? null;
  return {
    ...creator,
    resource,
    watched: readResource(resource),
    ...readChangeType(requiredText(body, 'changeType')),
    clientState: readClientState(requiredText(body, 'clientState')),
    notificationUrl: readUrl('notificationUrl', requiredText(body, 'notificationUrl')),
    lifecycleNotificationUrl: lifecycleUrl === null ? null : readUrl('lifecycleNotificationUrl', lifecycleUrl),
    notificationUrlAppId: readOptional(body, 'notificationUrlAppId', /^[0-9a-f-]{36}$/i) ?? null,
    richNotifications: readRich(body),
    latestSupportedTlsVersion: readOptional(body, 'latestSupportedTlsVersion', /^v1_[0-3]$/) ?? 'v1_2',
    expiration: readExpiration(requiredText(body, 'expirationDateTime'), now),
  };
}

/** An https URL, kept as it is written. */
export function readUrl(name: string, value: JsonValue): string {
  if (typeof value !== 'string' || !URL.canParse(value) || new URL(value).protocol !== 'https:') {
    throw invalidRequest(`'${name}' must be an https URL.`);
  }
  return value;
}

function checkNames(body: JsonObject): void {
  for (const [name, value] of Object.entries(body)) {
    if (value === null || value === undefined) continue;
    if (unsupported.includes(name)) throw invalidRequest(`The property '${name}' is not supported for this resource.`);
    if (!known.includes(name)) {
      throw invalidRequest(
        'Could not process subscription creation payload. Are all property names spelled and camelCased properly?',
      );
    }
  }
  readOptional(body, 'notificationContentType', /^application\/json$/i);
}

function requiredText(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value === 'string' && value !== '') return value;
  throw invalidRequest(`${name} is a required property for subscription creation`);
}

function readOptional(body: JsonObject, name: string, pattern: RegExp): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || !pattern.test(value)) throw invalidRequest(`'${name}' is not valid.`);
  return value;
}

function readRich(body: JsonObject): JsonObject {
  const said = Object.entries(body).filter(([name, value]) => rich.includes(name) && value !== null);
  const [wanted] = said.find(([, value]) => value !== '' && value !== false) ?? [];
  if (wanted !== undefined) throw invalidRequest(`The property '${wanted}' is not supported for this resource.`);
  return Object.fromEntries(said);
}

function readResource(resource: string): WatchedResource {
  const watched = parseWatchedResource(resource);
  if (watched === undefined) throw invalidRequest(`Resource '${resource}' is not supported for change notifications.`);
  return watched;
}

function readChangeType(changeType: string): Pick<WantedSubscription, 'changeType' | 'changeTypes'> {
  const changeTypes = changeType.split(',').map((type): ChangeType => {
    const name = type.trim().toLowerCase();
    // Users and groups know no "created": a new one arrives as "updated".
    if (name === 'updated' || name === 'deleted') return name;
    throw invalidRequest(`Change type '${type}' is not supported for this resource.`);
  });
  return { changeType, changeTypes: [...new Set(changeTypes)] };
}

function readClientState(clientState: string): string {
  if (clientState.length <= MAX_CLIENT_STATE) return clientState;
  throw invalidRequest(`'clientState' must not be longer than ${MAX_CLIENT_STATE} characters.`);
}
