import { type ConflictDocument, learnerByEmail, type LearnerDocument } from '@learnamp/learners';
import type { Logger } from '@learnamp/service';
import { type Model, mongo } from 'mongoose';
import type { IDToken } from 'openid-client';
import { isGuestByClaims } from './guests.ts';
import type { SignInLink } from './sign-in-link-model.ts';

export interface FindLearnerDeps {
  readonly learners: Model<LearnerDocument>;
  readonly conflicts: Model<ConflictDocument>;
  readonly signInLinks: Model<SignInLink>;
  readonly clock: () => Date;
  readonly logger: Logger;
}

/**
 * The learner of somebody of the organisation's own tenant: by their object id, because addresses and names can be
 * changed. Whoever the directory hasn't brought is linked once, by user principal name, to an account that nobody of the
 * tenant has. Nobody is made a learner here.
 */
export async function findLearner(
  deps: FindLearnerDeps,
  organisationId: string,
  claims: IDToken,
): Promise<LearnerDocument | null> {
  const { oid } = claims;
  const personId = typeof oid === 'string' ? oid.toLowerCase() : '';
  return (
    (await deps.learners.findOne({ organisationId, 'sources.microsoft.personId': personId }).lean()) ??
    (await linkedLearner(deps, organisationId, personId)) ??
    (await linkOnce(deps, organisationId, personId, claims))
  );
}

const linkId = (organisationId: string, personId: string) => `${organisationId}:${personId}`;

/** A link is worth nothing once the directory says that the learner is somebody else. */
async function linkedLearner({ learners, signInLinks }: FindLearnerDeps, organisationId: string, personId: string) {
  const link = await signInLinks.findById(linkId(organisationId, personId)).lean();
  return link && learners.findOne({ _id: link.learnerId, organisationId, 'sources.microsoft': null }).lean();
}

async function linkOnce(
  deps: FindLearnerDeps,
  organisationId: string,
  personId: string,
  claims: IDToken,
): Promise<LearnerDocument | null> {
  const learner = await unlinkedLearner(deps, organisationId, personId, claims);
  if (!learner) return null;
  const link = { _id: linkId(organisationId, personId), organisationId, learnerId: learner._id, at: deps.clock() };
  try {
    await deps.signInLinks.create(link);
    deps.logger.info({ organisationId, learnerId: learner._id }, 'account linked at its first sign-in');
    return learner;
  } catch (error) {
    if (!(error instanceof mongo.MongoServerError) || error.code !== 11_000) throw error;
    // Another window of the same person, or the account is somebody else's already.
    return linkedLearner(deps, organisationId, personId);
  }
}

/** Somebody whom the directory has brought, and about whom an administrator is asked, isn't decided about here. */
async function unlinkedLearner(
  { learners, conflicts }: FindLearnerDeps,
  organisationId: string,
  personId: string,
  claims: IDToken,
): Promise<LearnerDocument | null> {
  const { preferred_username: name } = claims;
  // A guest's name is given in a tenant that isn't the organisation's.
  if (typeof name !== 'string' || isGuestByClaims(claims)) return null;
  const learner = await learnerByEmail(learners, organisationId, name);
  if (!learner || learner.sources.microsoft) return null;
  if (learner.formerLinks?.some((link) => link.personId === personId)) return null;
  return (await conflicts.exists({ organisationId, personId })) ? null : learner;
}
