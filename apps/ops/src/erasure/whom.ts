import { erasureId, nameHash } from '@learnamp/learners';
import type { LearnerAction } from '@learnamp/contracts';
import type { Connection } from 'mongoose';
import { type Command, UsageError } from '../command-line/command.ts';
import { findPerson, type KnownPerson } from '../person/find-person.ts';
import { GUID } from '../sync/sync.ts';

/** The person whom words name: one word, or, of somebody who is in the database no more, all that they were known by. */
export async function personNamed(
  connection: Connection,
  organisationId: string,
  { words, goesOn }: { readonly words: readonly string[]; readonly goesOn: boolean },
): Promise<KnownPerson> {
  const [who, ...more] = words.map((word) => word.toLowerCase());
  if (who === undefined) throw new UsageError('whom? one Object ID, learner id or address');
  if (!goesOn) {
    if (more.length > 0) throw new UsageError('one person at a time');
    return findPerson(connection, organisationId, who);
  }
  const ids = [who, ...more];
  return {
    ids: new Set(ids),
    learnerId: ids.find((id) => id.startsWith('lrn_')) ?? null,
    personIds: ids.filter((id) => GUID.test(id)),
    names: ids.filter((id) => !GUID.test(id) && !id.startsWith('lrn_')),
  };
}

/** What the services are told, from which nobody can tell who it is. */
export function eraseAction(organisationId: string, person: KnownPerson): Extract<LearnerAction, { kind: 'erase' }> {
  return {
    kind: 'erase',
    ...(person.learnerId === null ? {} : { learnerId: person.learnerId }),
    people: person.personIds.map((personId) => erasureId(organisationId, personId)),
    names: person.names.map((name) => nameHash(organisationId, name)),
  };
}

/** How the command is said once more, when the database has forgotten who it was. */
export const goOnWith = (command: Pick<Command, 'name'>, subdomain: string, { ids }: KnownPerson): string =>
  `learnamp-ops ${command.name} --organisation ${subdomain} --go-on ${[...ids].join(' ')}`;
