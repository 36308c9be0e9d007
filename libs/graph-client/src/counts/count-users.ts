import type { GraphClient } from '../client/graph-client.ts';
import { GraphError } from '../errors/graph-error.ts';
import { eventual, readCount } from './read-count.ts';

/** How many users the tenant has, about. @throws GraphError */
export async function countUsers(client: GraphClient): Promise<number> {
  const { body } = await client.request({ url: '/users/$count', headers: eventual });
  const count = readCount(body);
  if (count === undefined) throw new GraphError('unexpected-response', 'Graph answered a count that is no number');
  return count;
}
