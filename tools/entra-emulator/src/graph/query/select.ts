import { kinds, type ObjectKind } from '../../directory/object-kind.ts';
import { GraphError } from '../protocol/graph-error.ts';
import { badRequest, invalidODataRequest } from '../protocol/refusals.ts';
import { spelledProperty } from './property-names.ts';

/**
 * Refuses a `$select` that names what the type does not have, or on a collection what only a single object has. Returns
 * the properties as Graph spells them; of a mixed collection, those that any of its types has.
 */
export function checkSelect(
  kind: ObjectKind | readonly ObjectKind[],
  select: readonly string[] | undefined,
  on: 'object' | 'collection',
): readonly string[] | undefined {
  const among = typeof kind === 'string' ? [kind] : kind;
  return select?.map((name) => spelled(among, name, on));
}

function spelled(among: readonly ObjectKind[], name: string, on: 'object' | 'collection'): string {
  if (name.includes('/')) throw partOfProperty(name);
  for (const kind of among) {
    const property = spelledProperty(kind, name);
    if (property === undefined) continue;
    if (on === 'collection' && kinds[kind].properties[property]?.singleOnly) throw singleOnly(property);
    return property;
  }
  const [type = 'directoryObject', other] = among;
  throw invalidODataRequest(
    `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${other === undefined ? type : 'directoryObject'}'.`,
  );
}

function singleOnly(property: string): GraphError {
  return new GraphError(501, 'NotImplemented', `The property '${property}' can only be read on a single object.`);
}

function partOfProperty(path: string): GraphError {
  return badRequest(`'${path}' can't be selected: only a whole property can.`);
}
