import type { DirectoryFile } from '@learnamp/entra-emulator';

/** What a first sync of a directory file must come to, counted from the file alone. */
export interface Expected {
  readonly members: number;
  readonly created: number;
  readonly skipped: number;
  readonly managersLinked: number;
  readonly photos: number;
  readonly teams: number;
}

/** Counts by following every membership by hand; shares no code with the product. */
export function expectedCounts(file: DirectoryFile): Expected {
  const rootId = file.rootGroupId ?? file.groups.find(({ displayName }) => displayName === 'Learn Amp Users')?.id;
  const members = new Set(membersBelow(file, rootId ?? '', []));
  const people = file.users.filter(({ id }) => members.has(id.toLowerCase()));
  const learners = people.filter(({ accountEnabled }) => accountEnabled !== false);
  const learnerIds = new Set(learners.map(({ id }) => id.toLowerCase()));
  const departments = learners.map(({ department }) => (typeof department === 'string' ? department.trim() : ''));
  return {
    members: people.length,
    created: learners.length,
    skipped: people.length - learners.length,
    managersLinked: learners.filter(({ manager }) => manager && learnerIds.has(manager.id.toLowerCase())).length,
    photos: learners.filter(({ photo }) => photo !== undefined).length,
    teams: new Set(departments.filter((name) => name !== '').map((name) => name.toLowerCase())).size,
  };
}

function membersBelow(file: DirectoryFile, groupId: string, above: readonly string[]): string[] {
  if (above.includes(groupId)) return [];
  const group = file.groups.find(({ id }) => id.toLowerCase() === groupId.toLowerCase());
  return (group?.members ?? []).flatMap((member) =>
    member['@odata.type'].endsWith('user')
      ? [member.id.toLowerCase()]
      : membersBelow(file, member.id, [...above, groupId]),
  );
}
