import type { DirectoryObject } from '../../../directory/change.ts';
import { masteredOnPremises } from '../../protocol/property-refusals.ts';

/** What is kept in the cloud even of a user who comes from a directory on premises. */
const CLOUD = new Set(
  (
    'aboutMe ageGroup birthday consentProvidedForMinor hireDate interests mySite otherMails passwordPolicies pastProjects ' +
    'preferredDataLocation responsibilities schools skills usageLocation userType'
  ).split(' '),
);

/** Refuses to change what is kept in a directory on premises. Directory extensions are the cloud's. */
export function checkMaster(object: DirectoryObject, names: readonly string[]): void {
  if (object.properties['onPremisesSyncEnabled'] !== true) return;
  if (names.some((name) => !CLOUD.has(name) && !name.startsWith('extension_'))) throw masteredOnPremises();
}
