import type { Relation } from '../../directory/change.ts';
import { kinds } from '../../directory/object-kind.ts';
import type { DeltaKind, DeltaQuery } from './delta-round.ts';

const relations: Readonly<Record<DeltaKind, readonly Relation[]>> = {
  user: ['manager'],
  group: ['members', 'owners'],
};

/** Whether `$select` may name it as a link of the type. */
export function isRelation(kind: DeltaKind, name: string): name is Relation {
  return relations[kind].some((relation) => relation === name);
}

/** The links that are followed: those selected; without `$select` the members of groups, and nothing of users. */
export function trackedRelations({ kind, select }: DeltaQuery): readonly Relation[] {
  if (select === undefined) return kind === 'group' ? ['members'] : [];
  return relations[kind].filter((relation) => select.includes(relation));
}

/** The properties that are reported, and whose changes make a row. */
export function trackedProperties({ kind, select }: DeltaQuery): string[] {
  const names = select?.filter((name) => !isRelation(kind, name)) ?? kinds[kind].defaults;
  return [...new Set([...names, 'id'])];
}
