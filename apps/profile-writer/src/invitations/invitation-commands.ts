import type { LearnerCommand } from '@learnamp/contracts';
import { hasExpired, type InvitationDocument, type LearnerDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import type { CommandResult } from '../commands/command-result.ts';

export interface InvitationCommandDeps {
  readonly invitations: Model<InvitationDocument>;
  readonly learners: Model<LearnerDocument>;
  readonly clock: () => Date;
}

type Command = Omit<LearnerCommand, 'action'>;

const queued = (commandId: string, now: Date) =>
  ({ state: 'queued', commandId, reason: null, tries: 0, nextAttemptAt: now }) as const;

/** Queues what is held: all of it, or that of the learners named. */
export async function sendInvitations(
  { invitations, clock }: InvitationCommandDeps,
  { organisationId, commandId }: Command,
  learnerIds: readonly string[] | undefined,
): Promise<CommandResult> {
  const whose = learnerIds ? { _id: { $in: learnerIds } } : {};
  const held = { organisationId, state: 'held', ...whose } as const;
  await invitations.updateMany(held, { $set: queued(commandId, clock()) });
  // Counted by the command, so that one that was half carried out before tells of all of it.
  const count = await invitations.countDocuments({ organisationId, commandId });
  return count > 0 ? { count } : { refused: 'None of these invitations is held.' };
}

/** Queues one invitation once more, by the will of a person: never one that waits, is on its way, or may still be used. */
export async function resendInvitation(
  { invitations, clock }: InvitationCommandDeps,
  { organisationId, commandId }: Command,
  learnerId: string,
): Promise<CommandResult> {
  const now = clock();
  const found = await invitations.findOne({ _id: learnerId, organisationId }).lean();
  if (!found) return { refused: 'There is no such invitation.' };
  if (found.commandId === commandId) return { count: 1 };
  const again = found.state === 'unconfirmed' || found.state === 'refused' || hasExpired(found, now);
  if (!again) return { refused: reasons[found.state] };
  // As it was read: should it have changed in between, the person at the page sees the new state.
  const same = { _id: learnerId, organisationId, state: found.state, attempt: found.attempt };
  const { matchedCount } = await invitations.updateOne(same, { $set: queued(commandId, now) });
  return matchedCount === 1 ? { count: 1 } : { refused: 'The invitation has just changed.' };
}

const reasons: Readonly<Record<InvitationDocument['state'], string>> = {
  held: 'The invitation is held and has not been sent yet.',
  queued: 'The invitation is about to be sent.',
  sending: 'The invitation is being sent.',
  sent: 'The invitation was sent, and its link still works.',
  unconfirmed: 'The invitation may have been sent.',
  refused: 'The invitation was refused.',
  redeemed: 'The person has come already.',
  withdrawn: 'The person is not active any more.',
};

/** Notes that a learner has come, first on the learner: the mailer looks there before it sends. */
export async function acceptInvitation(
  { invitations, learners, clock }: InvitationCommandDeps,
  { organisationId, commandId }: Command,
  learnerId: string,
): Promise<CommandResult> {
  const now = clock();
  const learner = { _id: learnerId, organisationId };
  if (!(await learners.exists(learner))) return { refused: 'There is no such learner.' };
  await learners.updateOne({ ...learner, joinedAt: null }, { $set: { joinedAt: now } });
  await invitations.updateOne(
    { ...learner, state: { $ne: 'redeemed' } },
    { $set: { state: 'redeemed', redeemedAt: now, commandId, reason: null, tokenHash: null } },
  );
  return { count: 1 };
}
