import type { QueryOptions } from '../query/query-options.ts';
import type { Unit } from './budgets.ts';
import { isWrite, resourceUnits } from './resource-units.ts';

/** What a request takes of which kind of budget. */
export type Charges = Readonly<Partial<Record<Unit, number>>>;

/** What a method costs that its path does not have. */
export const refusedMethod: Charges = { requests: 1, resourceUnits: 1 };

/** A request as the budgets see it. */
export interface ChargedRequest {
  /** Such as `GET /users/{user}`; `unknown` when no route answers. */
  readonly template: string;
  readonly options: Pick<QueryOptions, 'select' | 'expand' | 'top' | 'filter'>;
  /** Of the body. */
  readonly bytes: number;
}

/** Graph's services have limits of their own: the directory, the mailboxes that keep photos, the subscriptions. */
export function chargesOf({ template, options, bytes }: ChargedRequest): Charges {
  const path = template.slice(template.indexOf('/'));
  if (!template.includes('/') || path === '/$batch') return { requests: 1 };
  const isRead = template.startsWith('GET ');
  if (/^\/subscriptions\b/.test(path))
    return { requests: 1, subscriptionRequests: 1, subscriptionWrites: isRead ? 0 : 1 };
  if (isMailboxRequest(template)) return { requests: 1, mailboxRequests: 1, mailboxBytes: bytes };
  return {
    requests: 1,
    resourceUnits: resourceUnits(template, options),
    writes: isWrite(template) ? 1 : 0,
    signInActivity: isRead && asksForSignIns(options) ? 1 : 0,
  };
}

/** Whether the answer comes from a mailbox: photos do. */
export function isMailboxRequest(template: string): boolean {
  return /\/photos?(\/|$)/.test(template);
}

function asksForSignIns({ select, filter }: ChargedRequest['options']): boolean {
  return select?.includes('signInActivity') === true || filter?.includes('signInActivity') === true;
}
