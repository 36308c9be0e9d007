/** What a budget counts. */
export type Unit =
  | 'requests'
  | 'resourceUnits'
  | 'writes'
  | 'signInActivity'
  | 'subscriptionRequests'
  | 'subscriptionWrites'
  | 'mailboxRequests'
  | 'mailboxBytes';

/** Whose requests share a budget. */
export type Scope = 'Application' | 'Tenant' | 'Tenant_Application' | 'Mailbox_Application';

/** One of Graph's published limits. */
export interface Budget {
  readonly unit: Unit;
  readonly scope: Scope;
  /** How much there is, in a tenant of so many users. */
  capacity(users: number): number;
  readonly windowMs: number;
}

const MEGABYTE = 1024 * 1024;

/** Every limit that a request of the emulated part of Graph can meet. */
export const budgets: readonly Budget[] = [
  budget('requests', 'Application', 130_000, 10),
  { ...budget('resourceUnits', 'Tenant_Application', 0, 10), capacity: bySize },
  budget('resourceUnits', 'Application', 150_000, 20),
  budget('writes', 'Tenant_Application', 3000, 150),
  budget('writes', 'Tenant', 18_000, 300),
  budget('writes', 'Application', 35_000, 300),
  budget('signInActivity', 'Tenant_Application', 10, 60),
  budget('subscriptionRequests', 'Tenant_Application', 5000, 20),
  budget('subscriptionRequests', 'Tenant', 10_000, 20),
  budget('subscriptionWrites', 'Tenant_Application', 1000, 20),
  budget('subscriptionWrites', 'Tenant', 2000, 20),
  budget('mailboxRequests', 'Mailbox_Application', 10_000, 600),
  budget('mailboxBytes', 'Mailbox_Application', 150 * MEGABYTE, 300),
];

/** How many requests for one mailbox an application may have under way. */
export const MAILBOX_CONCURRENCY = 4;

function budget(unit: Unit, scope: Scope, capacity: number, seconds: number): Budget {
  return { unit, scope, capacity: () => capacity, windowMs: seconds * 1000 };
}

/** Graph's sizes of tenants: S below 50 users, M up to 500, L above. */
function bySize(users: number): number {
  if (users < 50) return 3500;
  return users <= 500 ? 5000 : 8000;
}
