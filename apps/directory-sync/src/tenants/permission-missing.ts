import { getGroup, type GraphClient, GraphError } from '@learnamp/graph-client';

/** An administrator of the tenant has not granted what is needed: nothing that a repetition mends. */
export class PermissionMissingError extends Error {
  readonly code = 'permission-missing';
  readonly retriable = false;

  /** `because` says what can't be read. */
  constructor(permission: string, because: string, options?: ErrorOptions) {
    super(`${because}: the application needs the permission ${permission}, with admin consent`, options);
    this.name = 'PermissionMissingError';
  }
}

/** What it means that Graph refuses to tell who is in a group; other errors mean what they say. */
export async function refusalOfMembers(graph: GraphClient, groupId: string, error: GraphError): Promise<Error> {
  if (error.code !== 'forbidden') return error;
  const group = await getGroup(graph, groupId).catch(() => undefined);
  const name = nameOfGroup(groupId, group?.displayName);
  return group?.hidesMembers
    ? new PermissionMissingError('Member.Read.Hidden', `${name} hides its members`, { cause: error })
    : new PermissionMissingError('GroupMember.Read.All', `${name} can't be read`, { cause: error });
}

/** How a group is named in a sentence. */
export const nameOfGroup = (groupId: string, displayName: string | null | undefined): string =>
  displayName ? `the group ${displayName} (${groupId})` : `the group ${groupId}`;
