import type { LearnerDocument, TeamDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import { type PhotoDeps, photoOf } from './photo-of.ts';

/** What the home page says of a learner; null where nothing is known. */
export interface Profile {
  readonly name: string;
  readonly jobTitle: string | null;
  readonly department: string | null;
  readonly manager: string | null;
  readonly email: string | null;
  readonly hasPhoto: boolean;
}

export interface ProfileDeps extends PhotoDeps {
  readonly learners: Model<LearnerDocument>;
  readonly teams: Model<TeamDocument>;
}

export async function readProfile(deps: ProfileDeps, learner: LearnerDocument): Promise<Profile> {
  const { fields } = learner;
  const [department, manager, photo] = await Promise.all([
    teamOf(deps, learner),
    managerOf(deps, learner),
    photoOf(deps, learner),
  ]);
  return {
    name: nameOf(learner),
    jobTitle: fields.jobTitle,
    department,
    manager,
    email: fields.email,
    hasPhoto: photo !== null,
  };
}

/** The name that a learner is shown by. */
export function nameOf({
  fields: { displayName, firstName, lastName, email },
}: Pick<LearnerDocument, 'fields'>): string {
  const names = [firstName, lastName].filter((name) => name !== null && name !== '').join(' ');
  return [displayName, names, email].find((name) => name) ?? 'Learner';
}

async function teamOf({ teams }: ProfileDeps, { primaryTeamId, fields }: LearnerDocument): Promise<string | null> {
  const team = primaryTeamId === null ? null : await teams.findById(primaryTeamId).lean();
  return team?.name ?? fields.department;
}

async function managerOf(
  { learners }: ProfileDeps,
  { manager, organisationId }: LearnerDocument,
): Promise<string | null> {
  if (!manager?.learnerId) return null;
  const found = await learners.findOne({ _id: manager.learnerId, organisationId }).lean();
  return found && nameOf(found);
}
