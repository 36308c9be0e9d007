import type { DirectoryObject } from '../../directory/change.ts';
import type { DirectoryReads } from '../../directory/directory.ts';
import { kinds, type ObjectKind } from '../../directory/object-kind.ts';
import { without, type JsonObject } from '../../json.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import { countCollection, listCollection, type Collection } from './collection.ts';
import type { Propertied } from './property-value.ts';
import { renderMember } from './render-member.ts';

/** What stands among directory objects in a list and is none of them, such as a directory role. */
export interface OtherItem extends Propertied {
  readonly id: string;
  render(select: readonly string[] | undefined): JsonObject;
}

/** The objects at the other end of a relation, as lists. */
export interface RelationList {
  /** Such as `/groups/{group}/members`. */
  readonly path: string;
  readonly permissions: readonly string[];
  /** The types of its items. */
  readonly kinds: readonly ObjectKind[];
  /** The types that it can be cast to; those of its items by default. */
  readonly casts?: readonly ObjectKind[];
  /** Whether the index of advanced queries alone can cast it. */
  readonly castByIndex?: boolean;
  /** The ids at the other end; throws Graph's 404 when there is no object at this one. */
  ids(call: GraphCall, directory: DirectoryReads, cast: ObjectKind | undefined): readonly string[];
  /** What else is in the list of all types. */
  others?(call: GraphCall): readonly OtherItem[];
}

/** A list and its count, of all types and cast to each. */
export function relationRoutes(relation: RelationList): Route[] {
  const { path, casts = relation.kinds } = relation;
  return [
    ...collectionRoutes(path, relation, (call) => mixedCollection(call, relation)),
    ...casts.flatMap((cast) =>
      collectionRoutes(`${path}/microsoft.graph.${cast}`, relation, (call) => castCollection(call, relation, cast)),
    ),
  ];
}

/** The list and the count of a collection. */
export function collectionRoutes<Item extends Propertied>(
  path: string,
  { permissions }: Pick<RelationList, 'permissions'>,
  collection: (call: GraphCall) => Collection<Item>,
): Route[] {
  return [
    { method: 'GET', path, permissions, handle: (call) => listCollection(call, collection(call)) },
    { method: 'GET', path: `${path}/$count`, permissions, handle: (call) => countCollection(call, collection(call)) },
  ];
}

function mixedCollection(call: GraphCall, relation: RelationList): Collection<DirectoryObject | OtherItem> {
  const others = new Map(relation.others?.(call).map((item) => [item.id, item]));
  return {
    context: 'directoryObjects',
    kinds: relation.kinds,
    answeredBy: 'relation',
    ids: ({ directory }) => [...relation.ids(call, directory, undefined), ...others.keys()],
    find(directory, id) {
      const object = directory.find(id);
      return object && relation.kinds.includes(object.kind) ? object : others.get(id);
    },
    render: (item, select) => ('render' in item ? item.render(select) : renderMember(call, item, select)),
  };
}

function castCollection(call: GraphCall, relation: RelationList, cast: ObjectKind): Collection<DirectoryObject> {
  return {
    context: kinds[cast].collection,
    kinds: [cast],
    answeredBy: relation.castByIndex ? 'index' : 'relation',
    ids: ({ directory }) => relation.ids(call, directory, cast),
    find(directory, id) {
      const object = directory.find(id);
      return object?.kind === cast ? object : undefined;
    },
    // The path says the type already.
    render: (object, select) => without(renderMember(call, object, select), '@odata.type'),
  };
}
