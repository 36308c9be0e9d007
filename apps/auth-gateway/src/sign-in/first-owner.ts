import type { LearnerDocument } from '@learnamp/learners';
import type { Organisation, Organisations, Roles } from '@learnamp/organisations';
import type { Logger } from '@learnamp/service';

export interface FirstOwnerDeps {
  readonly organisations: Organisations;
  readonly roles: Roles;
  readonly logger: Logger;
}

/**
 * Makes the person named at setup Owner, at the first sign-in. The name is compared with what was read from the
 * directory, not with the token, whose username isn't proof of anything.
 */
export async function appointFirstOwner(
  { organisations, roles, logger }: FirstOwnerDeps,
  organisation: Organisation,
  learner: LearnerDocument,
): Promise<void> {
  const wanted = organisation.firstOwner?.toLowerCase();
  if (wanted === undefined || learner.sources.microsoft?.userPrincipalName.toLowerCase() !== wanted) return;
  // The role first: after a crash in between, the next sign-in does both again.
  await roles.grant(organisation.id, learner._id, 'Owner');
  await organisations.clearFirstOwner(organisation.id);
  logger.info({ organisationId: organisation.id, learnerId: learner._id }, 'first owner appointed');
}
