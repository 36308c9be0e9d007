import type { InvitationDocument, LearnerDocument } from '@learnamp/learners';
import { type HeldLease, underLease } from '@learnamp/mongo';
import type { FindOpenSettings, OpenSettings } from '@learnamp/organisations';
import type { Connection, Model } from 'mongoose';
import { newLinkToken } from '../mail/link-token.ts';
import { addressOfLearner } from './address-of.ts';
import type { MailerDocument } from './mailer-model.ts';

export interface ClaimInvitationsDeps {
  readonly connection: Connection;
  readonly mailers: Model<MailerDocument>;
  readonly invitations: Model<InvitationDocument>;
  readonly learners: Model<LearnerDocument>;
  readonly findSettings: FindOpenSettings;
  readonly clock: () => Date;
}

/** An invitation that is marked as being sent, and what its mail needs. The token is nowhere else. */
export interface ClaimedInvitation {
  readonly learnerId: string;
  readonly organisation: OpenSettings;
  readonly attempt: number;
  readonly to: { readonly name: string; readonly address: string };
  readonly token: string;
  readonly expiresAt: Date;
}

/** How long a mailer that says nothing keeps the lease: longer than a round of mails takes, whatever the server does. */
export const LEASE_MS = 120_000;
const LINK_DAYS = 7;
const RETRY_UNREADY_MS = 10_000;

/**
 * Marks up to `limit` queued invitations as being sent, each with the hash of a new token, before any mail server hears
 * of them. One transaction that commits only while the lease is held: whatever a later holder finds in this state was
 * taken by somebody who is gone.
 * @throws LeaseLostError
 */
export async function claimInvitations(
  deps: ClaimInvitationsDeps,
  lease: HeldLease,
  limit: number,
): Promise<readonly ClaimedInvitation[]> {
  const { connection, mailers, invitations, learners, findSettings, clock } = deps;
  const now = clock();
  return underLease(connection, mailers, lease, new Date(now.getTime() + LEASE_MS), async (session) => {
    const due = await invitations
      .find({ state: 'queued', nextAttemptAt: { $lte: now } })
      .sort({ nextAttemptAt: 1 })
      .limit(limit)
      .session(session)
      .lean();
    if (due.length === 0) return [];
    const found = await learners
      .find({ _id: { $in: due.map(({ _id }) => _id) } })
      .session(session)
      .lean();
    const byId = new Map(found.map((learner) => [learner._id, learner]));
    const settings = await findSettings(due.map(({ organisationId }) => organisationId));
    const steps = due.map((invitation) =>
      stepOf({ invitation, learner: byId.get(invitation._id), settings, epoch: lease.epoch, now }),
    );
    const writes = steps.map(({ id, set }) => ({ updateOne: { filter: { _id: id }, update: { $set: set } } }));
    await invitations.bulkWrite(writes, { session });
    return steps.flatMap(({ claimed }) => claimed ?? []);
  });
}

interface Due {
  readonly invitation: InvitationDocument;
  readonly learner: LearnerDocument | undefined;
  readonly settings: ReadonlyMap<string, OpenSettings>;
  readonly epoch: number;
  readonly now: Date;
}

interface Step {
  readonly id: string;
  readonly set: Partial<InvitationDocument>;
  readonly claimed?: ClaimedInvitation;
}

function stepOf({ invitation, learner, settings, epoch, now }: Due): Step {
  const { _id: id, organisationId } = invitation;
  const organisation = settings.get(organisationId);
  // The invitation is written before its learner is, and a learner who comes is noted before their invitation is.
  if (!organisation || !learner?.active || learner.joinedAt) {
    return { id, set: { nextAttemptAt: new Date(now.getTime() + RETRY_UNREADY_MS) } };
  }
  const address = addressOfLearner(learner);
  if (address === null) {
    return { id, set: { state: 'refused', reason: 'There is no address that can receive mail.' } };
  }
  const { token, tokenHash } = newLinkToken();
  const attempt = invitation.attempt + 1;
  const expiresAt = new Date(now.getTime() + LINK_DAYS * 24 * 3_600_000);
  return {
    id,
    set: { state: 'sending', address, reason: null, attempt, epoch, tokenHash, expiresAt },
    claimed: {
      ...{ learnerId: id, organisation, attempt, token, expiresAt },
      to: { name: learner.fields.displayName ?? '', address },
    },
  };
}
