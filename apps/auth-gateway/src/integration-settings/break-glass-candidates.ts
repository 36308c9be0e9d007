import type { LearnerDocument } from '@learnamp/learners';
import type { PasswordDocument, Roles } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import { nameOf } from '../home/profile.ts';

/** An Owner who may be named for emergencies. */
const Candidate = Type.Object({ learnerId: Type.String(), name: Type.String() });
export type Candidate = Static<typeof Candidate>;

export const Candidates = Type.Object({ candidates: Type.Array(Candidate) });

export interface CandidatesDeps {
  readonly roles: Roles;
  readonly learners: Model<LearnerDocument>;
  readonly passwords: Model<PasswordDocument>;
}

/** The active Owners of an organisation who have a password, by name. */
export async function breakGlassCandidates(deps: CandidatesDeps, organisationId: string): Promise<Candidate[]> {
  const owners = await deps.roles.owners(organisationId);
  const [learners, withPassword] = await Promise.all([
    deps.learners.find({ _id: { $in: owners }, organisationId, active: true }, 'fields').lean(),
    deps.passwords.distinct('_id', { _id: { $in: owners }, organisationId }),
  ]);
  return learners
    .filter(({ _id }) => withPassword.includes(_id))
    .map((learner) => ({ learnerId: learner._id, name: nameOf(learner) }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
}
