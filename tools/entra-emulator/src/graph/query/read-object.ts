import type { DirectoryObject } from '../../directory/change.ts';
import { kinds, type ObjectKind } from '../../directory/object-kind.ts';
import type { GraphCall } from '../protocol/graph-call.ts';
import type { GraphAnswer } from '../protocol/graph-request.ts';
import type { Expansion } from './expand/expansion.ts';
import { checkGuarded } from './guarded-properties.ts';
import { project } from './projection.ts';
import { allowOptions } from './query-options.ts';
import { checkSelect } from './select.ts';

/** Answers a read of one object. `$select` replaces the default set, the id included. */
export function readObject(
  call: GraphCall,
  kind: ObjectKind,
  find: (call: GraphCall) => DirectoryObject,
  expansion: Expansion | undefined,
): GraphAnswer {
  // `$count` belongs to `$levels`; elsewhere it is ignored.
  allowOptions(call.options, '$select', '$expand', '$count');
  const select = checkSelect(kind, call.options.select, 'object');
  checkGuarded(call, select ?? []);
  const object = find(call);
  const names = [...(select ?? []), ...(expansion ? [`${expansion.relation}()`] : [])];
  const context = `${kinds[kind].collection}${names.length === 0 ? '' : `(${names.join(',')})`}/$entity`;
  return {
    status: 200,
    body: {
      '@odata.context': `${call.request.origin}/v1.0/$metadata#${context}`,
      ...project(object, select),
      ...expansion?.of(object),
    },
  };
}
