import type { DirectoryObject } from '../../directory/change.ts';

type Group = Pick<DirectoryObject, 'properties'>;

/** Whether it is a Microsoft 365 group, which has a mailbox and can't contain groups. */
export function isMicrosoft365(group: Group): boolean {
  return hasType(group, 'Unified');
}

/** Whether a rule decides about its members. */
export function isDynamic(group: Group): boolean {
  return hasType(group, 'DynamicMembership');
}

/** Whether an administrator's role can be assigned to it. */
export function isRoleAssignable({ properties }: Group): boolean {
  return properties['isAssignableToRole'] === true;
}

/** Whether it is a distribution list or a mail-enabled security group: Exchange's, which Graph only reads. */
export function isExchanges(group: Group): boolean {
  return group.properties['mailEnabled'] === true && !isMicrosoft365(group);
}

function hasType({ properties }: Group, type: string): boolean {
  const types = properties['groupTypes'];
  return Array.isArray(types) && types.includes(type);
}
