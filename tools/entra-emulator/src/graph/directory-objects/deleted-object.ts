import type { DirectoryObject } from '../../directory/change.ts';
import type { DirectoryReads } from '../../directory/directory.ts';

/**
 * An object of the recycle bin as it reads there; undefined when it isn't in it. Entra frees the UPN of who is deleted by
 * putting the id in front of it.
 */
export function deletedObject(directory: DirectoryReads, id: string): DirectoryObject | undefined {
  const object = directory.findEvenDeleted(id);
  if (object?.deletedAt === undefined) return undefined;
  const upn = object.properties['userPrincipalName'];
  if (typeof upn !== 'string') return object;
  const userPrincipalName = `${object.id.replaceAll('-', '')}${upn}`;
  return { ...object, properties: { ...object.properties, userPrincipalName } };
}
