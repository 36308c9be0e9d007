import type { LearnerDocument } from '@learnamp/learners';
import type { PasswordDocument } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';

/** What disconnecting would come to: who stays, and who can still sign in. */
export const DisconnectImpact = Type.Object({
  /** Active learners; all of them stay so. */
  learners: Type.Integer(),
  /** Of these, those whom the directory has kept up to date. */
  fromDirectory: Type.Integer(),
  /** Of these, those who have a password. */
  withPassword: Type.Integer(),
  /** Whether whoever asks has one. */
  youHaveAPassword: Type.Boolean(),
});
export type DisconnectImpact = Static<typeof DisconnectImpact>;

export interface DisconnectImpactDeps {
  readonly learners: Model<LearnerDocument>;
  readonly passwords: Model<PasswordDocument>;
}

export async function disconnectImpact(
  { learners, passwords }: DisconnectImpactDeps,
  { organisationId, learnerId }: { readonly organisationId: string; readonly learnerId: string },
): Promise<DisconnectImpact> {
  const active = { organisationId, active: true };
  const withPasswords = await passwords.distinct('_id', { organisationId });
  const [all, fromDirectory, withPassword] = await Promise.all([
    learners.countDocuments(active),
    learners.countDocuments({ ...active, 'sources.microsoft.active': true }),
    learners.countDocuments({ ...active, _id: { $in: withPasswords } }),
  ]);
  return { learners: all, fromDirectory, withPassword, youHaveAPassword: withPasswords.includes(learnerId) };
}
