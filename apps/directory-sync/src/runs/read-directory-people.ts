import type { DirectoryPerson } from '@learnamp/directory';
import { type Person, readPeople } from '@learnamp/graph-client';
import { personProperties } from '../mapping/person-properties.ts';
import type { RunContext } from './run-context.ts';

export interface DirectoryReading {
  readonly people: readonly DirectoryPerson[];
  readonly missing: readonly string[];
  /** People of whom nothing could be read: a permission is missing, or Graph failed for them. Nothing is blanked. */
  readonly unreadable: readonly string[];
  /** Whether Graph refused to show any of them: the application may not read people. */
  readonly isForbidden: boolean;
}

/** Reads people with their managers, in as few requests as Graph allows. */
export async function readDirectoryPeople(
  { graph, organisation }: Pick<RunContext, 'graph' | 'organisation'>,
  personIds: readonly string[],
): Promise<DirectoryReading> {
  const people: DirectoryPerson[] = [];
  const missing: string[] = [];
  const unreadable: string[] = [];
  let isForbidden = false;
  for await (const read of readPeople(graph, personIds, { select: personProperties(organisation) })) {
    const person = read.kind === 'found' ? personOf(read.person, organisation.provisioning.managers) : undefined;
    if (read.kind === 'unreadable' || (read.kind === 'failed' && read.error.code === 'forbidden')) isForbidden = true;
    if (person) people.push(person);
    else (read.kind === 'missing' ? missing : unreadable).push(read.id);
  }
  return { people, missing, unreadable, isForbidden };
}

/** A person as the mapping takes one; undefined without the two properties that nothing works without. */
export function personOf({ id, managerId, properties }: Person, wantManagers: boolean): DirectoryPerson | undefined {
  const { accountEnabled, userPrincipalName, userType, mail, employeeId } = properties;
  if (typeof accountEnabled !== 'boolean' || typeof userPrincipalName !== 'string') return undefined;
  return {
    id,
    accountEnabled,
    userPrincipalName,
    userType: textOrNull(userType),
    mail: textOrNull(mail),
    employeeId: textOrNull(employeeId),
    properties,
    ...(wantManagers ? { managerId } : {}),
  };
}

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);
