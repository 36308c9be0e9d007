/** What a fault meets. Without any of these it meets everything, until it is taken back. */
interface FaultScope {
  /** Made up when it is left out. */
  readonly id?: string;
  /** Only so many, then no more. */
  readonly count?: number;
  /** Only this share, from 0 to 1, chosen by the seed. */
  readonly share?: number;
  readonly seed?: number;
  /** Only for so long. */
  readonly forMs?: number;
}

interface TransportScope extends FaultScope {
  /** Only change notifications, or only lifecycle notifications. */
  readonly of?: 'change' | 'lifecycle';
  readonly subscriptionId?: string;
}

/**
 * What goes wrong with notifications: they are lost; come again after `ms` (a second by default); come after `ms`; or
 * come after the one that follows for the same URL (after a minute when none does).
 */
export type TransportFault =
  | (TransportScope & { readonly kind: 'lose' | 'reorder' })
  | (TransportScope & { readonly kind: 'repeat'; readonly ms?: number })
  | (TransportScope & { readonly kind: 'delay'; readonly ms: number });

/** Subscriptions are refused, with 503 unless told otherwise. */
export interface CreationFault extends FaultScope {
  readonly kind: 'refuse-creation';
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  /** Seconds. */
  readonly retryAfter?: number;
}

/** A fault as data: nothing in it but what JSON can carry. */
export type NotificationFault = TransportFault | CreationFault;

/** A fault in force, and what has come of it. */
export type NotificationFaultState = NotificationFault & {
  readonly id: string;
  /** How many notifications, or requests for a subscription, it has met. */
  readonly met: number;
};
