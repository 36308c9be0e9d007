import type { ObjectKind } from '../../../directory/object-kind.ts';
import { spelledProperty } from '../property-names.ts';
import type { Path } from './filter.ts';
import type { FilterRule, FilterRules } from './filter-rules.ts';
import { groupFilters } from './group-filters.ts';
import { deviceFilters, orgContactFilters, servicePrincipalFilters } from './other-filters.ts';
import { userFilters } from './user-filters.ts';

const filtersOf: Readonly<Record<ObjectKind, FilterRules>> = {
  user: userFilters,
  group: groupFilters,
  device: deviceFilters,
  orgContact: orgContactFilters,
  servicePrincipal: servicePrincipalFilters,
};

/** What is filtered: a collection of one type, or of several. */
export interface FilterTarget {
  /** As refusals name it: `user`, or `directoryObject` for a mixed collection. */
  readonly type: string;
  /** Whether any type of the collection has the property, or the relation, that a path begins with. */
  has(path: Path): boolean;
  /** How a collection is spelled that `any` can look into. */
  collection(path: Path): Path | undefined;
  /** The rules of a path, one a type that can be filtered by it. */
  rules(path: Path): readonly FilterRule[];
}

/** What the given types let themselves be filtered by together. */
export function filterTarget(kinds: readonly ObjectKind[]): FilterTarget {
  const [first = 'directoryObject', second] = kinds;
  return {
    type: second === undefined ? first : 'directoryObject',
    has: (path) => kinds.some((kind) => isKnown(kind, path)),
    collection: (path) =>
      kinds.map((kind) => filtersOf[kind].collection(path)).find((spelled) => spelled !== undefined),
    rules: (path) => kinds.flatMap((kind) => filtersOf[kind].find(path) ?? []),
  };
}

function isKnown(kind: ObjectKind, path: Path): boolean {
  const [name = ''] = path.split('/');
  return spelledProperty(kind, name) !== undefined || filtersOf[kind].collection(name) !== undefined;
}
