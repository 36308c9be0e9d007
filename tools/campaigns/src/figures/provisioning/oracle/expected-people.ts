import type { DirectoryReads } from '@learnamp/entra-emulator';

/** What a person of the group is to look like as a learner. */
export interface ExpectedPerson {
  readonly email: string;
  readonly guest: boolean;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly displayName: string | null;
  readonly jobTitle: string | null;
  readonly department: string | null;
  /** A user of the directory, in the group or not. */
  readonly managerId: string | null;
}

/**
 * Who is to be an active learner, by person id: everybody who is in the group by any path and whose account is there and
 * enabled. Written apart from the code that is to come to the same.
 */
export function expectedPeople(directory: DirectoryReads, rootId: string): Map<string, ExpectedPerson> {
  const expected = new Map<string, ExpectedPerson>();
  // A deleted group has no members.
  const membersOf = (id: string) => (directory.find(id)?.kind === 'group' ? directory.memberIds(id) : undefined);
  for (const id of reached(rootId, membersOf)) {
    const object = directory.find(id);
    if (object?.kind !== 'user' || object.properties['accountEnabled'] !== true) continue;
    const text = (name: string) => {
      const value = object.properties[name];
      return typeof value === 'string' && /\S/.test(value) ? value.trim() : null;
    };
    const manager = directory.find(directory.managerId(id) ?? '');
    expected.set(id, {
      email: text('userPrincipalName') ?? '',
      guest: object.properties['userType'] === 'Guest',
      firstName: text('givenName'),
      lastName: text('surname'),
      displayName: text('displayName'),
      jobTitle: text('jobTitle'),
      department: text('department'),
      managerId: manager?.kind === 'user' ? manager.id : null,
    });
  }
  return expected;
}

/** Everything under a group: adds the members of what was found until nothing more is found. */
export function reached(rootId: string, membersOf: (id: string) => Iterable<string> | undefined): Set<string> {
  const found = new Set([rootId]);
  for (;;) {
    const before = found.size;
    for (const id of [...found]) for (const member of membersOf(id) ?? []) found.add(member);
    if (found.size === before) return found;
  }
}
