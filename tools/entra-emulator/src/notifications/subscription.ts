import type { JsonObject } from '../json.ts';
import type { Expiration } from './expiration.ts';

export type ChangeType = 'updated' | 'deleted';

/** What a subscription watches: all users or groups, one of them, or one group's members or owners. */
export interface WatchedResource {
  readonly kind: 'user' | 'group';
  readonly id?: string;
  readonly relation?: 'members' | 'owners';
}

/** A subscription as it is asked for. */
export interface WantedSubscription {
  readonly tenantId: string;
  readonly applicationId: string;
  /** Who made it: the application's service principal, or the signed-in user. */
  readonly creatorId: string;
  /** As it was written. */
  readonly resource: string;
  readonly watched: WatchedResource;
  /** As it was written. */
  readonly changeType: string;
  readonly changeTypes: readonly ChangeType[];
  readonly clientState: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly notificationUrlAppId: string | null;
  /** What was said about rich notifications, which can only be that there are to be none; shown as it was said. */
  readonly richNotifications: JsonObject;
  readonly latestSupportedTlsVersion: string;
  readonly expiration: Expiration;
}

/** A subscription as Graph keeps it. Times are milliseconds since 1970. */
export interface Subscription extends WantedSubscription {
  readonly id: string;
  /** Until when the access token lasts by which it was made, renewed or reauthorised. */
  readonly authorizedUntil: number;
  /** When Graph will ask for a reauthorisation by itself. */
  readonly challengeAt: number;
  /** Asked to reauthorise, and not answered yet: until then changes are lost. */
  readonly paused: boolean;
  readonly updatedAt?: number;
  readonly reauthorizedAt?: number;
}

/** `users`, `groups`, one of them, `groups/{id}/members` or `/owners`; undefined for what can't be watched here. */
export function parseWatchedResource(resource: string): WatchedResource | undefined {
  const [, collection, id, relation] =
    /^\/?(users|groups)(?:\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/(members|owners))?)?$/i.exec(resource) ??
    [];
  if (collection === undefined) return undefined;
  const kind = collection.toLowerCase() === 'users' ? 'user' : 'group';
  if (relation !== undefined && kind === 'user') return undefined;
  return {
    kind,
    ...(id === undefined ? {} : { id: id.toLowerCase() }),
    ...(relation === undefined ? {} : { relation: relation.toLowerCase() as 'members' | 'owners' }),
  };
}

/** Whether two subscriptions of a tenant would tell an application the same changes of the same thing. */
export function isDuplicate(one: WantedSubscription, other: WantedSubscription): boolean {
  const key = ({ watched, changeTypes }: WantedSubscription): string =>
    JSON.stringify([watched.kind, watched.id, watched.relation, [...changeTypes].sort()]);
  return one.applicationId === other.applicationId && key(one) === key(other);
}
