import type { SubscriptionRecord } from '@learnamp/sync-state';
import type { SubscriptionState } from './health.ts';

export interface Subscriptions {
  readonly state: SubscriptionState;
  /** When the first of them expires; null where they are missing or not used. */
  readonly expiresAt: Date | null;
}

const kinds = ['users', 'groups'] as const;
// They are renewed when half of their four weeks is over, and looked after every few minutes.
const RENEWED_BEFORE_MS = 3 * 24 * 3_600_000;

/** Whether Microsoft tells of changes: by one subscription to users, and one to groups. */
export function subscriptionsAt(
  records: readonly Pick<SubscriptionRecord, 'kind' | 'expiresAt'>[],
  { isNotified, now }: { readonly isNotified: boolean; readonly now: Date },
): Subscriptions {
  if (!isNotified) return { state: 'not-used', expiresAt: null };
  const live = records.filter(({ expiresAt }) => expiresAt > now);
  const ends = kinds.map((kind) =>
    Math.max(...live.flatMap((one) => (one.kind === kind ? one.expiresAt.getTime() : []))),
  );
  const first = Math.min(...ends);
  if (first === -Infinity) return { state: 'missing', expiresAt: null };
  const state = first - now.getTime() < RENEWED_BEFORE_MS ? 'expiring' : 'live';
  return { state, expiresAt: new Date(first) };
}
