import type { DirectoryObject } from '../../directory/change.ts';
import { holds, type GraphCall } from '../protocol/graph-call.ts';

/** Whether the caller may know who is in a group: one with hidden membership wants a permission of its own. */
export function mayListMembers(call: Pick<GraphCall, 'token'>, group: DirectoryObject): boolean {
  return group.properties['visibility'] !== 'HiddenMembership' || holds(call, ['Member.Read.Hidden']);
}
