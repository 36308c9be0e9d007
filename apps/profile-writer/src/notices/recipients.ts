import { type LearnerDocument, nameHash } from '@learnamp/learners';
import type { OpenSettings, RoleDocument } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import { addressOfLearner } from '../invitations/address-of.ts';
import type { Mail } from '../mail/mail.ts';

export interface RecipientsDeps {
  readonly roles: Model<RoleDocument>;
  readonly learners: Model<LearnerDocument>;
}

/** Somebody who is mailed, and what is kept of their address. */
export interface Recipient {
  readonly to: Mail['to'];
  readonly hash: string;
}

export const recipientAt = (organisationId: string, to: Mail['to']): Recipient => ({
  to,
  hash: nameHash(organisationId, to.address),
});

/** Who is mailed notices of an organisation at this moment: the addresses that it names, else its active Owners and Admins. */
export async function recipientsOf(
  deps: RecipientsDeps,
  { id, notifications: { addresses } }: Pick<OpenSettings, 'id' | 'notifications'>,
): Promise<readonly Recipient[]> {
  const mailboxes = addresses.length > 0 ? addresses.map(nameless) : await administrators(deps, id);
  const recipients = mailboxes.map((to) => recipientAt(id, to));
  return [...new Map(recipients.map((recipient) => [recipient.hash, recipient])).values()];
}

const nameless = (address: string): Mail['to'] => ({ name: '', address });

async function administrators({ roles, learners }: RecipientsDeps, organisationId: string): Promise<Mail['to'][]> {
  const administering = await roles.find({ organisationId, role: { $in: ['Owner', 'Admin'] } }, 'learnerId').lean();
  const found = await learners
    .find({ organisationId, active: true, _id: { $in: administering.map(({ learnerId }) => learnerId) } })
    .lean();
  return found.flatMap((learner) => mailboxOf(learner) ?? []);
}

/** Null of somebody who can't be written to. */
export function mailboxOf(learner: LearnerDocument): Mail['to'] | null {
  const address = addressOfLearner(learner);
  return address === null ? null : { name: learner.fields.displayName ?? '', address };
}
