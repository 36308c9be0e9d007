import { GraphError, removeSubscription } from '@learnamp/graph-client';
import type { Organisations } from '@learnamp/organisations';
import type { Logger } from '@learnamp/service';
import type { SubscriptionRecord } from '@learnamp/sync-state';
import type { Stores } from '../stores.ts';
import type { GraphClients } from '../tenants/graph-clients.ts';

export interface EndOrphansDeps {
  readonly stores: Pick<Stores, 'subscriptions'>;
  readonly organisations: Pick<Organisations, 'connectedTenants' | 'openTenant'>;
  readonly graphOf: GraphClients;
  readonly logger: Logger;
}

/**
 * Ends the subscriptions in tenants that their organisation no longer has. The organisation has forgotten such a tenant:
 * which it is is sealed beside the subscription. False where one is still there, and is to be ended later.
 */
export async function endOrphans(deps: EndOrphansDeps): Promise<boolean> {
  const connected = await deps.organisations.connectedTenants();
  const records = await deps.stores.subscriptions.find().lean();
  const orphans = records.filter(
    ({ organisationId, tenantIndex }) =>
      !connected.has(organisationId) || connected.get(organisationId) !== tenantIndex,
  );
  let isDone = true;
  for (const record of orphans) isDone = (await end(deps, record)) && isDone;
  return isDone;
}

async function end(deps: EndOrphansDeps, record: SubscriptionRecord): Promise<boolean> {
  const { stores, logger } = deps;
  const { _id, organisationId, kind, subscriptionId } = record;
  try {
    await remove(deps, record);
  } catch (error) {
    logger.warn({ organisationId, kind, err: error }, 'a former subscription could not be ended');
    // Once consent is gone it can't be; Graph ends it when it runs out.
    if (error instanceof GraphError && error.retriable) return false;
  }
  await stores.subscriptions.deleteOne({ _id, subscriptionId });
  logger.info({ organisationId, kind }, 'former subscription ended');
  return true;
}

async function remove({ organisations, graphOf }: EndOrphansDeps, record: SubscriptionRecord): Promise<void> {
  const { organisationId, tenantSealed, subscriptionId } = record;
  // A record of before there was a tenant beside it.
  if (tenantSealed === null) return;
  const tenantId = await organisations.openTenant(organisationId, tenantSealed);
  await removeSubscription(graphOf(organisationId, tenantId), subscriptionId);
}
