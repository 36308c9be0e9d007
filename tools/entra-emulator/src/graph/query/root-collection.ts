import type { DirectoryObject } from '../../directory/change.ts';
import { kinds, type ObjectKind } from '../../directory/object-kind.ts';
import type { Collection } from './collection.ts';
import type { Expansion } from './expand/expansion.ts';
import { candidateIds } from './filter/candidates.ts';
import { project } from './projection.ts';

/** All live objects of a kind: `/users`, `/groups`. */
export function rootCollection(kind: ObjectKind, expansion?: Expansion): Collection<DirectoryObject> {
  return {
    context: kinds[kind].collection,
    kinds: [kind],
    answeredBy: 'roots',
    ids: ({ directory, filter }) => candidateIds(directory, kind, filter),
    find(directory, id) {
      const object = directory.find(id);
      return object?.kind === kind ? object : undefined;
    },
    render: (object, select) => ({ ...project(object, select), ...expansion?.of(object) }),
    expanded: expansion && `${expansion.relation}()`,
  };
}
