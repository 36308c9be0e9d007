import { GraphError } from '../errors/graph-error.ts';

/** A Graph subscription, as far as we look at it. */
export interface Subscription {
  readonly id: string;
  readonly resource: string;
  readonly changeType: string;
  /** When Graph ends it; Graph may have made it other than asked. */
  readonly expirationDateTime: Date;
  readonly notificationUrl: string | null;
  readonly lifecycleNotificationUrl: string | null;
  /** Null in lists, where Graph hides it. */
  readonly clientState: string | null;
}

/** @throws GraphError `unexpected-response`. */
export function readSubscription(body: unknown): Subscription {
  const { id, resource, changeType, expirationDateTime, ...rest } = (body ?? {}) as Record<string, unknown>;
  const expiration = new Date(typeof expirationDateTime === 'string' ? expirationDateTime : Number.NaN);
  if (typeof id !== 'string' || typeof resource !== 'string' || Number.isNaN(expiration.getTime())) {
    throw new GraphError('unexpected-response', 'Graph answered a subscription without id, resource or expiration');
  }
  return {
    id,
    resource,
    changeType: textOrNull(changeType) ?? '',
    expirationDateTime: expiration,
    notificationUrl: textOrNull(rest['notificationUrl']),
    lifecycleNotificationUrl: textOrNull(rest['lifecycleNotificationUrl']),
    clientState: textOrNull(rest['clientState']),
  };
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
