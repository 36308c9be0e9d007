import type { Subscription, WantedSubscription } from './subscription.ts';

const MINUTE = 60_000;
/** How long before the end of a token or of a subscription Graph asks for a reauthorisation. */
const NOTICE_MS = 15 * MINUTE;

/** What a subscription owes to the access token that last vouched for it. */
export type Authorization = Pick<Subscription, 'authorizedUntil' | 'challengeAt' | 'paused'>;

/**
 * A subscription lives on what the token may do: with the token, or with the subscription itself, its authorisation
 * runs out. Graph asks a quarter of an hour ahead; when little is left, after two thirds of what is.
 */
export function authorize(
  { expiration }: Pick<WantedSubscription, 'expiration'>,
  tokenExpiresAt: number,
  now: Date,
): Authorization {
  const end = Math.min(expiration.at, tokenExpiresAt);
  const notice = Math.min(NOTICE_MS, (end - now.getTime()) / 3);
  return { authorizedUntil: tokenExpiresAt, challengeAt: Math.ceil(end - notice), paused: false };
}

/**
 * Whether deliveries of a subscription wait, because the token has run out and nobody could be asked to reauthorise.
 * One that has ended owes nothing any more.
 */
export function isUnauthorized(subscription: Subscription | undefined, now: Date): boolean {
  return subscription?.lifecycleNotificationUrl === null && subscription.authorizedUntil <= now.getTime();
}

/** Whether it is time to ask for a reauthorisation; only who gave a lifecycle URL can be asked. */
export function isChallengeDue(subscription: Subscription, now: Date): boolean {
  const { lifecycleNotificationUrl, paused, challengeAt } = subscription;
  return lifecycleNotificationUrl !== null && !paused && challengeAt <= now.getTime();
}
