import type { GraphClient } from '../client/graph-client.ts';
import { readPage } from '../paging/pages.ts';
import { type Group, groupProperties, readGroup } from './get-group.ts';

/** The first groups whose names begin with a text, `limit` at the most, in Graph's order. @throws GraphError */
export async function findGroups(client: GraphClient, text: string, limit: number): Promise<Group[]> {
  // OData doubles the quote within a text.
  const filter = `startswith(displayName,'${text.replaceAll("'", "''")}')`;
  const query = `$filter=${encodeURIComponent(filter)}&$select=${groupProperties}&$top=${limit}`;
  const { body } = await client.request({ url: `/groups?${query}` });
  return readPage(body).rows.slice(0, limit).map(readGroup);
}
