import type { LearnerDocument, PasswordLinkDocument } from '@learnamp/learners';
import { type HeldLease, underLease } from '@learnamp/mongo';
import { type FindOpenSettings, mayUsePassword, type OpenSettings } from '@learnamp/organisations';
import type { Connection, Model } from 'mongoose';
import { addressOfLearner } from '../invitations/address-of.ts';
import { LEASE_MS } from '../invitations/claim-invitations.ts';
import type { MailerDocument } from '../invitations/mailer-model.ts';
import { newLinkToken } from '../mail/link-token.ts';
import type { Mail } from '../mail/mail.ts';

export interface ClaimPasswordLinksDeps {
  readonly connection: Connection;
  readonly mailers: Model<MailerDocument>;
  readonly passwordLinks: Model<PasswordLinkDocument>;
  readonly learners: Model<LearnerDocument>;
  readonly findSettings: FindOpenSettings;
  readonly clock: () => Date;
}

/** A link that is marked as being sent, and what its mail needs. The token is nowhere else. */
export interface ClaimedLink {
  readonly id: string;
  readonly organisation: OpenSettings;
  readonly to: Mail['to'];
  readonly token: string;
}

interface Step {
  readonly id: string;
  readonly set: Partial<PasswordLinkDocument>;
  readonly claimed?: ClaimedLink;
}

/**
 * Marks up to `limit` queued links as being sent, each with the hash of a new token, before any mail server hears of
 * them; only while the lease is held.
 * @throws LeaseLostError
 */
export async function claimPasswordLinks(
  deps: ClaimPasswordLinksDeps,
  lease: HeldLease,
  limit: number,
): Promise<readonly ClaimedLink[]> {
  const { connection, mailers, passwordLinks, clock } = deps;
  const now = clock();
  return underLease(connection, mailers, lease, new Date(now.getTime() + LEASE_MS), async (session) => {
    const due = await passwordLinks
      .find({ state: 'queued', nextAttemptAt: { $lte: now } })
      .sort({ nextAttemptAt: 1 })
      .limit(limit)
      .session(session)
      .lean();
    if (due.length === 0) return [];
    const steps = await stepsOf(deps, due, now);
    const writes = steps.map(({ id, set }) => ({ updateOne: { filter: { _id: id }, update: { $set: set } } }));
    await passwordLinks.bulkWrite(writes, { session });
    return steps.flatMap(({ claimed }) => claimed ?? []);
  });
}

async function stepsOf(
  { learners, findSettings }: ClaimPasswordLinksDeps,
  due: readonly PasswordLinkDocument[],
  now: Date,
): Promise<Step[]> {
  const found = await learners.find({ _id: { $in: due.map(({ learnerId }) => learnerId) }, active: true }).lean();
  const byId = new Map(found.map((learner) => [learner._id, learner]));
  const settings = await findSettings(due.map(({ organisationId }) => organisationId));
  return due.map((link) => stepOf(link, byId.get(link.learnerId), settings.get(link.organisationId), now));
}

function stepOf(
  { _id: id, expiresAt }: PasswordLinkDocument,
  learner: LearnerDocument | undefined,
  organisation: OpenSettings | undefined,
  now: Date,
): Step {
  const refused = (reason: string): Step => ({ id, set: { state: 'refused', reason } });
  if (!learner || !organisation) return refused('The person is not active any more.');
  if (!mayUsePassword(organisation.passwordAccess, learner._id))
    return refused('Passwords are switched off for the person.');
  if (expiresAt <= now) return refused('It could not be sent in time.');
  const address = addressOfLearner(learner);
  if (address === null) return refused('There is no address that can receive mail.');
  const { token, tokenHash } = newLinkToken();
  const to = { name: learner.fields.displayName ?? '', address };
  return { id, set: { state: 'sending', reason: null, tokenHash }, claimed: { id, organisation, to, token } };
}
