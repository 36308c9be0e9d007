import type { System } from '../system/system.ts';

/** Somebody of the directory, as Graph says them. */
export interface Member {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly accountEnabled?: boolean;
  readonly '@odata.type'?: string;
}

interface Listed<Item> {
  readonly value: readonly Item[];
}

/** The Object ID of a group. */
export async function groupNamed({ graph }: System, name: string): Promise<string> {
  const query = `$filter=displayName eq '${encodeURIComponent(name)}'&$select=id`;
  const { value } = await graph.read<Listed<{ id: string }>>(`/groups?${query}`);
  return value[0]?.id ?? '';
}

/** People who are in a group themselves. */
export async function membersOf({ graph }: System, groupId: string): Promise<readonly Member[]> {
  const { value } = await graph.read<Listed<Member>>(`/groups/${groupId}/members`);
  return value.filter((member) => member['@odata.type'] === '#microsoft.graph.user');
}

export async function everybody({ graph }: System): Promise<readonly Member[]> {
  const select = '$select=id,displayName,userPrincipalName,accountEnabled';
  return (await graph.read<Listed<Member>>(`/users?$top=999&${select}`)).value;
}
