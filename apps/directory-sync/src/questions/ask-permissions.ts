import { getGroup, type GraphClient, GraphError } from '@learnamp/graph-client';
import type { AskedPermission } from '@learnamp/sync-state';

type State = AskedPermission['state'];

/** What doesn't work without each permission. */
const stops = {
  'User.Read.All': 'People and their managers can not be read, so nobody is provisioned and no detail follows.',
  'GroupMember.Read.All': 'Who is in the group can not be read, so nobody is provisioned and nobody is deactivated.',
  'Group.Read.All':
    'Microsoft does not announce changes of membership: they follow by timer, within 15 minutes, not within seconds.',
  'ProfilePhoto.Read.All': 'Photos are not brought over.',
  'Member.Read.Hidden': 'The group hides its members, so nobody of it is provisioned.',
} as const;

type Permission = keyof typeof stops;

/**
 * Which permissions the application has in the tenant. Tokens don't say (Microsoft: treat them as opaque), so each is
 * told by a small reading that nothing less opens.
 */
export async function askPermissions(graph: GraphClient, groupId: string | null): Promise<AskedPermission[]> {
  const people = await opens(graph, '/users?$select=id,displayName&$top=1');
  const states: Readonly<Record<Permission, State>> = {
    'User.Read.All': granted(people),
    'GroupMember.Read.All': granted(await opens(graph, '/groups?$select=id&$top=1')),
    // Deleted groups are shown to whoever may read groups themselves, as against their members.
    'Group.Read.All': granted(await opens(graph, '/directory/deletedItems/microsoft.graph.group?$select=id&$top=1')),
    'ProfilePhoto.Read.All': await photos(graph, people),
    'Member.Read.Hidden': await hiddenMembers(graph, groupId),
  };
  const names = Object.keys(stops) as Permission[];
  return names.map((name) => ({ name, state: states[name], stops: stops[name] }));
}

const granted = (body: unknown): State => (body === undefined ? 'missing' : 'granted');

/** What Graph answers; undefined where it refuses for want of a permission. @throws GraphError for all else. */
async function opens(graph: GraphClient, url: string): Promise<unknown> {
  try {
    return (await graph.request({ url })).body ?? {};
  } catch (error) {
    if (error instanceof GraphError && error.code === 'forbidden') return undefined;
    throw error;
  }
}

async function photos(graph: GraphClient, people: unknown): Promise<State> {
  const [person] = (people as { value?: readonly { id?: unknown }[] } | undefined)?.value ?? [];
  if (typeof person?.id !== 'string') return 'unknown';
  try {
    return granted(await opens(graph, `/users/${encodeURIComponent(person.id)}/photo`));
  } catch (error) {
    // Whoever may be told that there is none may read photos.
    if (error instanceof GraphError && error.code === 'not-found') return 'granted';
    throw error;
  }
}

async function hiddenMembers(graph: GraphClient, groupId: string | null): Promise<State> {
  if (groupId === null) return 'unneeded';
  try {
    const group = await getGroup(graph, groupId);
    if (!group?.hidesMembers) return 'unneeded';
    return granted(await opens(graph, `/groups/${encodeURIComponent(groupId)}/members?$select=id&$top=1`));
  } catch (error) {
    if (error instanceof GraphError && error.code === 'forbidden') return 'unknown';
    throw error;
  }
}
