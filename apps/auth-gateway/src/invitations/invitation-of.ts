import { hasExpired, type InvitationDocument, type LearnerDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import { hashOf, isSecretToken } from '../sessions/secret-token.ts';
import type { Redemption } from './redemption-model.ts';

export interface InvitationLinksDeps {
  readonly invitations: Model<InvitationDocument>;
  readonly redemptions: Model<Redemption>;
  readonly learners: Model<LearnerDocument>;
  readonly clock: () => Date;
}

/** What the link of an invitation is good for, and whom it is for. */
export type Link =
  | { readonly state: 'good'; readonly tokenHash: string; readonly learner: LearnerDocument }
  | { readonly state: 'used' | 'expired' | 'unknown' };

export type LinkState = Link['state'];

const unknown: Link = { state: 'unknown' };

/** A link of another organisation, or of somebody who is not active any more, is as unknown as an invented one. */
export async function linkOf(
  deps: InvitationLinksDeps,
  organisationId: string,
  token: string | undefined,
): Promise<Link> {
  if (!isSecretToken(token)) return unknown;
  const tokenHash = hashOf(token);
  if (await deps.redemptions.exists({ _id: tokenHash, organisationId })) return { state: 'used' };
  const invitation = await deps.invitations.findOne({ tokenHash, organisationId }, 'state expiresAt').lean();
  if (!invitation) return unknown;
  if (hasExpired(invitation, deps.clock())) return { state: 'expired' };
  const learner = await deps.learners.findOne({ _id: invitation._id, organisationId, active: true }).lean();
  return learner ? { state: 'good', tokenHash, learner } : unknown;
}
