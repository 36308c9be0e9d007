import type { LinkChange, ObjectKind } from '../../directory/change.ts';
import { defaultsOf } from '../query/projection.ts';
import type { DeltaQuery } from './delta-round.ts';

/** A link that a delta query can follow. */
export type Relation = LinkChange['relation'];

const relations: Readonly<Record<ObjectKind, readonly Relation[]>> = { user: ['manager'], group: ['members'] };

/** Whether `$select` may name it as a link of the type. */
export function isRelation(kind: ObjectKind, name: string): name is Relation {
  return relations[kind].some((relation) => relation === name);
}

/** The links that are followed: those selected; without `$select` the members of groups, and nothing of users. */
export function trackedRelations({ kind, select }: DeltaQuery): readonly Relation[] {
  if (select === undefined) return kind === 'group' ? ['members'] : [];
  return relations[kind].filter((relation) => select.includes(relation));
}

/** The properties that are reported, and whose changes make a row. */
export function trackedProperties({ kind, select }: DeltaQuery): string[] {
  const names = select?.filter((name) => !isRelation(kind, name)) ?? defaultsOf[kind];
  return [...new Set([...names, 'id'])];
}
