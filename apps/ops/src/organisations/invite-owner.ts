import { createHash } from 'node:crypto';
import type { CreatedOrganisation } from '@learnamp/organisations';
import type { Surroundings } from '../command-line/command.ts';
import { commandAnswer, giveCommand } from '../learner-commands/give-command.ts';

/** `waiting`: profile-writer has not carried it out yet; it will. */
export type Invited =
  { readonly state: 'invited' | 'waiting' } | { readonly state: 'refused'; readonly reason: string };

/**
 * The id of the command that brings an organisation's first Owner: derived, so that giving it twice makes nobody twice,
 * and the learner's id is known before they exist.
 */
export const ownerImportId = (organisationId: string, email: string): string =>
  `owner-${createHash('sha256').update(`${organisationId}\n${email.toLowerCase()}`).digest('hex').slice(0, 32)}`;

/** Has profile-writer make the first Owner a learner by hand and send their invitation; waits a little until it has. */
export async function inviteOwner(
  surroundings: Surroundings,
  { organisationId, learnerId }: CreatedOrganisation,
  email: string,
): Promise<Invited> {
  const importId = ownerImportId(organisationId, email);
  const inviteId = `${importId}-invite`;
  await giveCommand(surroundings, organisationId, importId, { kind: 'import', active: true, fields: fieldsOf(email) });
  await giveCommand(surroundings, organisationId, inviteId, { kind: 'send-invitations', learnerIds: [learnerId] });
  const imported = await invitedOf(surroundings, importId);
  return imported.state === 'invited' ? invitedOf(surroundings, inviteId) : imported;
}

const fieldsOf = (email: string) => ({
  ...{ firstName: null, lastName: null, displayName: email, email, jobTitle: null, department: null },
  ...{ location: null, language: null, hireDate: null },
});

async function invitedOf(surroundings: Surroundings, commandId: string): Promise<Invited> {
  const answer = await commandAnswer(surroundings, commandId);
  return answer.state === 'applied' ? { state: 'invited' } : answer;
}
