import { alreadySubscribed, extensionError } from './refusals.ts';
import { isDuplicate, type WantedSubscription } from './subscription.ts';
import type { Subscriptions } from './subscriptions.ts';

/** How many subscriptions to directory objects there may be. */
export interface SubscriptionLimits {
  /** Of one application in one tenant; 100 by default. */
  readonly perApplicationAndTenant: number;
  /** Of all applications in one tenant; 1,000 by default. */
  readonly perTenant: number;
  /** Of one application in all tenants; 50,000 by default. */
  readonly perApplication: number;
}

/** Microsoft's own. */
export const defaultLimits: SubscriptionLimits = {
  perApplicationAndTenant: 100,
  perTenant: 1000,
  perApplication: 50_000,
};

/** Refuses a subscription that is there already, or one too many. */
export function checkRoom(subscriptions: Subscriptions, limits: SubscriptionLimits, wanted: WantedSubscription): void {
  const { applicationId, tenantId } = wanted;
  const all = subscriptions.all();
  const inTenant = all.filter((subscription) => subscription.tenantId === tenantId);
  const same = inTenant.find((subscription) => isDuplicate(subscription, wanted));
  if (same) throw alreadySubscribed(same.id);
  const isOwn = (subscription: WantedSubscription): boolean => subscription.applicationId === applicationId;
  checkLimit(
    inTenant.filter(isOwn),
    limits.perApplicationAndTenant,
    `App '${applicationId}'`,
    ` on tenant '${tenantId}'`,
  );
  checkLimit(inTenant, limits.perTenant, `Tenant '${tenantId}'`, '');
  checkLimit(all.filter(isOwn), limits.perApplication, `App '${applicationId}'`, ' over all tenants');
}

function checkLimit(present: readonly WantedSubscription[], limit: number, who: string, where: string): void {
  if (present.length < limit) return;
  const reason = `${who} has reached its limit of '${limit}' subscriptions${where}.`;
  throw extensionError(403, `Operation: Create; Exception: [Status Code: Forbidden; Reason: ${reason}]`);
}
