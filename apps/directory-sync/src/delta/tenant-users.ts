import { countUsers, GraphError } from '@learnamp/graph-client';
import type { RunContext } from '../runs/run-context.ts';

/** How many users the tenant has; undefined where Graph doesn't say: nothing hangs on it but what following costs. */
export async function tenantUsers({ graph, organisation, logger }: RunContext): Promise<number | undefined> {
  try {
    return await countUsers(graph);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    logger.warn({ organisationId: organisation.id, err: error }, 'the users of the tenant could not be counted');
    return undefined;
  }
}
