import { batchPages } from '../batch/batch-pages.ts';
import type { GraphClient } from '../client/graph-client.ts';
import { GraphError } from '../errors/graph-error.ts';

/** A direct member of a group. */
export interface MemberRef {
  readonly kind: 'user' | 'group';
  readonly id: string;
  /** Of a group that has one. */
  readonly displayName?: string;
}

export type GroupMembers =
  | {
      readonly kind: 'members';
      readonly members: readonly MemberRef[];
      /** Devices, contacts and service principals, which are no people. */
      readonly ignored: number;
    }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'error'; readonly error: GraphError };

/**
 * The direct members of many groups, every page of them. A group whose members can't be read whole has an error, never
 * a short list; each group asked for is in the answer.
 * @throws GraphError when Graph as a whole can't be read.
 */
export async function listMembers(
  client: GraphClient,
  groupIds: readonly string[],
): Promise<Map<string, GroupMembers>> {
  const ids = [...new Set(groupIds)];
  const results = new Map<string, GroupMembers>();
  const lists = ids.map((): MemberList => ({ kind: 'members', members: [], ignored: 0 }));
  // 999 is the largest page (Graph, list group members).
  const urls = ids.map((id) => `/groups/${encodeURIComponent(id)}/members?$select=id,displayName&$top=999`);
  for await (const part of batchPages(client, urls)) {
    const id = ids[part.index] ?? '';
    const list = lists[part.index];
    if (results.get(id)?.kind === 'error' || !list) continue;
    results.set(id, 'error' in part ? failed(part.error) : added(list, part.page.rows));
  }
  return results;
}

/** A list that grows page by page: a copy for each page would make a group of fifty thousand cost a million. */
interface MemberList {
  readonly kind: 'members';
  readonly members: MemberRef[];
  ignored: number;
}

const failed = (error: GraphError): GroupMembers =>
  error.code === 'not-found' ? { kind: 'not-found' } : { kind: 'error', error };

function added(list: MemberList, rows: readonly Record<string, unknown>[]): GroupMembers {
  for (const row of rows) {
    const { id, '@odata.type': type, displayName } = row;
    if (typeof id !== 'string' || typeof type !== 'string') {
      return failed(new GraphError('unexpected-response', 'a member of a group has no id or no type'));
    }
    const kind = memberKind(type);
    if (kind === 'user') list.members.push({ kind, id });
    else if (kind === 'group') list.members.push({ kind, id, ...named(displayName) });
    else list.ignored += 1;
  }
  return list;
}

const named = (displayName: unknown) => (typeof displayName === 'string' ? { displayName } : {});

/** `#microsoft.graph.user` and `#microsoft.graph.group`; undefined for every other kind of directory object. */
export function memberKind(type: string): MemberRef['kind'] | undefined {
  const name = type.toLowerCase();
  if (name === '#microsoft.graph.user') return 'user';
  return name === '#microsoft.graph.group' ? 'group' : undefined;
}
