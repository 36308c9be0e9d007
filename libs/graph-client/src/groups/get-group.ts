import type { GraphClient } from '../client/graph-client.ts';
import { GraphError } from '../errors/graph-error.ts';

export interface Group {
  readonly id: string;
  readonly displayName: string | null;
  /** Who is in it is shown only to applications with Member.Read.Hidden. */
  readonly hidesMembers: boolean;
}

export const groupProperties = 'id,displayName,visibility';

/** A group, or undefined when Graph says that there is none. @throws GraphError for every other trouble. */
export async function getGroup(client: GraphClient, id: string): Promise<Group | undefined> {
  try {
    const { body } = await client.request({ url: `/groups/${encodeURIComponent(id)}?$select=${groupProperties}` });
    return readGroup(body);
  } catch (error) {
    if (error instanceof GraphError && error.code === 'not-found') return undefined;
    throw error;
  }
}

/** @throws GraphError where it is no group. */
export function readGroup(body: unknown): Group {
  const { id, displayName, visibility } = (body ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string') throw new GraphError('unexpected-response', 'Graph answered a group without an id');
  return {
    id,
    displayName: typeof displayName === 'string' ? displayName : null,
    hidesMembers: visibility === 'HiddenMembership',
  };
}
