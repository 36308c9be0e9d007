import type { GraphClient } from '../client/graph-client.ts';
import { memberKind } from '../members/list-members.ts';
import { pages } from '../paging/pages.ts';
import { type Group, groupProperties, readGroup } from './get-group.ts';

/**
 * The groups that have the person as a direct member. Those that hide their members are left out unless the application
 * may see these.
 * @throws GraphError `not-found` when Graph has no such person.
 */
export async function groupsOf(client: GraphClient, personId: string): Promise<Group[]> {
  const url = `/users/${encodeURIComponent(personId)}/memberOf?$select=${groupProperties}&$top=999`;
  const found: Group[] = [];
  for await (const { rows } of pages(client, url)) {
    const groups = rows.filter(({ '@odata.type': type }) => typeof type === 'string' && memberKind(type) === 'group');
    found.push(...groups.map(readGroup));
  }
  return found;
}
