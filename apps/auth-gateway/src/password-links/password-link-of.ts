import type { LearnerDocument, PasswordLinkDocument } from '@learnamp/learners';
import type { PasswordDocument } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import type { Redemption } from '../invitations/redemption-model.ts';
import { hashOf, isSecretToken } from '../sessions/secret-token.ts';

export interface PasswordLinkDeps {
  readonly passwordLinks: Model<PasswordLinkDocument>;
  readonly passwords: Model<PasswordDocument>;
  readonly redemptions: Model<Redemption>;
  readonly learners: Model<LearnerDocument>;
  readonly clock: () => Date;
}

/** A link that lets its owner choose a password. */
export interface GoodLink {
  readonly tokenHash: string;
  readonly learner: LearnerDocument;
}

/**
 * What a token is good for; null where it was used, is too old, was invented, or belongs to another organisation or to
 * somebody who is not active. A password that was set since ends the links that were asked for before it.
 */
export async function passwordLinkOf(
  deps: PasswordLinkDeps,
  organisationId: string,
  token: string | undefined,
): Promise<GoodLink | null> {
  if (!isSecretToken(token)) return null;
  const tokenHash = hashOf(token);
  const link = await deps.passwordLinks.findOne({ tokenHash, organisationId }).lean();
  if (!link || link.expiresAt <= deps.clock()) return null;
  const [learner, used, newer] = await Promise.all([
    deps.learners.findOne({ _id: link.learnerId, organisationId, active: true }).lean(),
    deps.redemptions.exists({ _id: tokenHash }),
    deps.passwords.exists({ _id: link.learnerId, setAt: { $gte: link.createdAt } }),
  ]);
  return learner && !used && !newer ? { tokenHash, learner } : null;
}
