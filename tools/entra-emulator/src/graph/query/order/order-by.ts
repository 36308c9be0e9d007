import type { ObjectKind } from '../../../directory/object-kind.ts';
import { invalidODataRequest, unsupportedQuery } from '../../protocol/refusals.ts';
import { filterTarget } from '../filter/filter-target.ts';

/** A parsed `$orderby`. The directory sorts by one property. */
export interface OrderBy {
  readonly property: string;
  readonly descending: boolean;
}

/** What a kind can be sorted by: in any query, and in advanced queries alone. */
const sortable: Readonly<
  Record<ObjectKind, { readonly basic: readonly string[]; readonly advanced: readonly string[] }>
> = {
  user: { basic: ['displayName', 'userPrincipalName'], advanced: ['createdDateTime', 'deletedDateTime'] },
  group: { basic: ['displayName'], advanced: ['deletedDateTime'] },
  device: {
    basic: [],
    advanced: ['approximateLastSignInDateTime', 'createdDateTime', 'deletedDateTime', 'displayName'],
  },
  orgContact: { basic: [], advanced: ['createdDateTime', 'displayName'] },
  servicePrincipal: { basic: [], advanced: ['createdDateTime', 'deletedDateTime', 'displayName'] },
};

/** Reads a `$orderby` for a collection and refuses what it can't be sorted by. */
export function parseOrderBy(text: string, kinds: readonly ObjectKind[], advanced: boolean): OrderBy {
  const [, name = '', direction = 'asc'] = /^\s*([\w/]+)(?:\s+(asc|desc))?\s*$/i.exec(text) ?? [];
  if (name === '' && !text.includes(',')) throw invalidODataRequest(`Syntax error at position 0 in '${text}'.`);
  const target = filterTarget(kinds);
  if (name !== '' && !target.has(name))
    throw invalidODataRequest(`Could not find a property named '${name}' on type 'microsoft.graph.${target.type}'.`);
  const property = kinds.map((kind) => sortableBy(kind, name, advanced)).find((spelled) => spelled !== undefined);
  if (property === undefined) throw unsupportedSort();
  return { property, descending: direction.toLowerCase() === 'desc' };
}

/** An order that this query can't have. */
export function unsupportedSort(): Error {
  return unsupportedQuery('Sorting not supported for current query.');
}

function sortableBy(kind: ObjectKind, name: string, advanced: boolean): string | undefined {
  const { basic, advanced: more } = sortable[kind];
  return [...basic, ...(advanced ? more : [])].find((property) => property.toLowerCase() === name.toLowerCase());
}
