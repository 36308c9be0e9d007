export type ChangeType = 'updated' | 'deleted';

/** What a subscription watches: all users or groups, one of them, or the members of one group. */
export interface WatchedResource {
  readonly kind: 'user' | 'group';
  readonly id?: string;
  readonly membersOnly: boolean;
}

/** A subscription as Graph keeps it. Times are milliseconds since 1970. */
export interface Subscription {
  readonly id: string;
  readonly applicationId: string;
  readonly resource: string;
  readonly watched: WatchedResource;
  readonly changeTypes: readonly ChangeType[];
  readonly changeType: string;
  readonly clientState: string | null;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly latestSupportedTlsVersion: string;
  readonly expiresAt: number;
  /** Waiting to be reauthorised: until then changes are lost. */
  readonly paused: boolean;
}

/** `users`, `groups`, `users/{id}`, `groups/{id}` or `groups/{id}/members`; undefined for what can't be watched here. */
export function parseWatchedResource(resource: string): WatchedResource | undefined {
  const [, collection, id, members] = /^\/?(users|groups)(?:\/([0-9a-f-]{36})(\/members)?)?$/i.exec(resource) ?? [];
  if (collection === undefined) return undefined;
  const kind = collection.toLowerCase() === 'users' ? 'user' : 'group';
  if (members !== undefined && kind === 'user') return undefined;
  return { kind, membersOnly: members !== undefined, ...(id === undefined ? {} : { id: id.toLowerCase() }) };
}

/** Whether two subscriptions would watch the same thing for the same changes. */
export function isDuplicate(one: Subscription, other: Omit<Subscription, 'id'>): boolean {
  const key = ({ watched, changeTypes }: Omit<Subscription, 'id'>): string =>
    JSON.stringify([watched, [...changeTypes].sort()]);
  return one.applicationId === other.applicationId && key(one) === key(other);
}
