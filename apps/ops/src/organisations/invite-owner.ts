import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { encodeEvent, type LearnerAction, learnerCommand, learnerCommandKey } from '@learnamp/contracts';
import { commandOutcomeModel } from '@learnamp/learners';
import type { CreatedOrganisation } from '@learnamp/organisations';
import type { Surroundings } from '../command-line/command.ts';

/** `waiting`: profile-writer has not carried it out yet; it will. */
export type Invited =
  { readonly state: 'invited' | 'waiting' } | { readonly state: 'refused'; readonly reason: string };

const PATIENCE_MS = 15_000;
const POLL_MS = 200;

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
  await give(surroundings, organisationId, importId, { kind: 'import', active: true, fields: fieldsOf(email) });
  await give(surroundings, organisationId, inviteId, { kind: 'send-invitations', learnerIds: [learnerId] });
  const imported = await outcomeOf(surroundings, importId);
  return imported.state === 'invited' ? outcomeOf(surroundings, inviteId) : imported;
}

const fieldsOf = (email: string) => ({
  ...{ firstName: null, lastName: null, displayName: email, email, jobTitle: null, department: null },
  ...{ location: null, language: null, hireDate: null },
});

async function give(
  { bus, clock }: Pick<Surroundings, 'bus' | 'clock'>,
  organisationId: string,
  commandId: string,
  action: LearnerAction,
): Promise<void> {
  const command = { commandId, organisationId, requestedBy: 'learnamp-ops', action };
  const about = { organisationId, key: learnerCommandKey(command), source: 'ops', time: clock() };
  await bus().publish([encodeEvent(learnerCommand, command, about)]);
}

async function outcomeOf({ connection, signal, progress }: Surroundings, commandId: string): Promise<Invited> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await commandOutcomeModel(connection).findById(commandId).lean();
    if (found || performance.now() > until || signal.aborted) progress('');
    if (found)
      return found.outcome === 'applied' ? { state: 'invited' } : { state: 'refused', reason: found.reason ?? '' };
    if (performance.now() > until || signal.aborted) return { state: 'waiting' };
    progress('waiting for profile-writer');
    await delay(POLL_MS);
  }
}
