import { linkName, type KnownObject } from './delta-copy.ts';
import type { TestGraph } from './test-graph.ts';
import { followedRelations, selectedProperties, type Relation, type WalkQuery } from './walk-query.ts';

/** What Graph's ordinary reads show of everything that a delta query is about. */
export async function freshRead(graph: TestGraph, query: WalkQuery): Promise<Map<string, KnownObject>> {
  const { kind, ids } = query;
  const select = selectedProperties(query);
  const rows = await graph.list(`/${kind}s${select === undefined ? '' : `?$select=${select.join(',')}`}`);
  const objects = new Map<string, KnownObject>();
  for (const { ...properties } of rows.filter(({ id }) => ids?.includes(id) ?? true)) {
    const links = new Set<string>();
    for (const relation of followedRelations(query)) {
      for (const id of await targetsOf(graph, relation, properties.id)) links.add(linkName(relation, id));
    }
    objects.set(properties.id, { properties, links });
  }
  return objects;
}

async function targetsOf(graph: TestGraph, relation: Relation, id: string): Promise<string[]> {
  if (relation !== 'manager') return (await graph.list(`/groups/${id}/${relation}?$select=id`)).map((row) => row.id);
  const { status, body } = await graph.call('GET', `/users/${id}/manager?$select=id`);
  return status === 404 ? [] : [String(body['id'])];
}
