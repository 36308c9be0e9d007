import { type DirectoryPerson, mappedProperties } from '@learnamp/directory';
import { type Person, readPeople } from '@learnamp/graph-client';
import type { RunContext } from './run-context.ts';

export interface DirectoryReading {
  readonly people: readonly DirectoryPerson[];
  readonly missing: readonly string[];
  /** People of whom nothing could be read: a permission is missing, or Graph failed for them. Nothing is blanked. */
  readonly unreadable: readonly string[];
}

/** Reads people with their managers, in as few requests as Graph allows. */
export async function readDirectoryPeople(
  { graph, organisation }: Pick<RunContext, 'graph' | 'organisation'>,
  personIds: readonly string[],
): Promise<DirectoryReading> {
  const people: DirectoryPerson[] = [];
  const missing: string[] = [];
  const unreadable: string[] = [];
  for await (const read of readPeople(graph, personIds, { select: mappedProperties })) {
    const person = read.kind === 'found' ? personOf(read.person, organisation.provisioning.managers) : undefined;
    if (person) people.push(person);
    else (read.kind === 'missing' ? missing : unreadable).push(read.id);
  }
  return { people, missing, unreadable };
}

/** A person as the mapping takes one; undefined without the two properties that nothing works without. */
function personOf({ id, managerId, properties }: Person, wantManagers: boolean): DirectoryPerson | undefined {
  const { accountEnabled, userPrincipalName } = properties;
  if (typeof accountEnabled !== 'boolean' || typeof userPrincipalName !== 'string') return undefined;
  const text = (name: string) => {
    const value = properties[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    id,
    accountEnabled,
    userPrincipalName,
    userType: text('userType'),
    mail: text('mail'),
    displayName: text('displayName'),
    givenName: text('givenName'),
    surname: text('surname'),
    jobTitle: text('jobTitle'),
    department: text('department'),
    officeLocation: text('officeLocation'),
    preferredLanguage: text('preferredLanguage'),
    employeeHireDate: text('employeeHireDate'),
    managerId: wantManagers ? managerId : null,
  };
}
