import type { InvitationDocument, LearnerDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import type { PhotoDeps } from '../home/photo-of.ts';
import { photosShown } from '../home/photos-shown.ts';
import { nameOf } from '../home/profile.ts';
import { OpenState, openStateOf } from '../invitations/invitation-state.ts';

const TextOrNull = Type.Union([Type.String(), Type.Null()]);

/** Who says something of a learner. */
export const Source = Type.Union([Type.Literal('microsoft'), Type.Literal('manual'), Type.Literal('both')]);

/** A learner in a list. */
export const PersonRow = Type.Object({
  learnerId: Type.String(),
  name: Type.String(),
  email: TextOrNull,
  userPrincipalName: TextOrNull,
  department: TextOrNull,
  jobTitle: TextOrNull,
  active: Type.Boolean(),
  source: Source,
  /** Null where there is none, and of one that was used or withdrawn. */
  invitation: Type.Union([OpenState, Type.Null()]),
  hasPhoto: Type.Boolean(),
});
export type PersonRow = Static<typeof PersonRow>;

export interface PersonRowDeps extends PhotoDeps {
  readonly invitations: Model<InvitationDocument>;
  readonly clock: () => Date;
}

/** What an organisation's learners are shown as, in their order. */
export async function personRows(
  deps: PersonRowDeps,
  organisationId: string,
  learners: readonly LearnerDocument[],
): Promise<PersonRow[]> {
  const ids = learners.map(({ _id }) => _id);
  const [photos, invitations] = await Promise.all([
    photosShown(deps, organisationId, learners),
    deps.invitations.find({ organisationId, _id: { $in: ids } }, 'state expiresAt').lean(),
  ]);
  const now = deps.clock();
  const states = new Map(invitations.map((invitation) => [invitation._id, openStateOf(invitation, now)]));
  return learners.map((learner) => ({
    learnerId: learner._id,
    name: nameOf(learner),
    email: learner.fields.email,
    userPrincipalName: userPrincipalNameOf(learner),
    department: learner.fields.department,
    jobTitle: learner.fields.jobTitle,
    active: learner.active,
    source: sourceOf(learner),
    invitation: states.get(learner._id) ?? null,
    hasPhoto: photos.has(learner._id),
  }));
}

export function sourceOf({ sources: { microsoft, manual } }: LearnerDocument): Static<typeof Source> {
  if (!microsoft) return 'manual';
  return manual ? 'both' : 'microsoft';
}

/** By which the directory knows them, or is going to. */
export const userPrincipalNameOf = ({ sources: { microsoft, manual } }: LearnerDocument): string | null =>
  microsoft?.userPrincipalName || (manual?.userPrincipalName ?? null);
