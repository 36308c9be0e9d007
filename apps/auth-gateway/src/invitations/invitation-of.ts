import { hasExpired, type InvitationDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import { hashOf } from '../sessions/secret-token.ts';
import type { Redemption } from './redemption-model.ts';

export interface InvitationLinksDeps {
  readonly invitations: Model<InvitationDocument>;
  readonly redemptions: Model<Redemption>;
  readonly clock: () => Date;
}

/** What the link of an invitation is good for. A link of another organisation is as unknown as an invented one. */
export type LinkState = 'good' | 'used' | 'expired' | 'unknown';

export async function linkStateOf(
  deps: InvitationLinksDeps,
  organisationId: string,
  token: string,
): Promise<LinkState> {
  const tokenHash = hashOf(token);
  if (await deps.redemptions.exists({ _id: tokenHash, organisationId })) return 'used';
  const invitation = await deps.invitations.findOne({ tokenHash, organisationId }, 'state expiresAt').lean();
  if (!invitation) return 'unknown';
  return hasExpired(invitation, deps.clock()) ? 'expired' : 'good';
}
