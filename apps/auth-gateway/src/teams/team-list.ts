import type { LearnerDocument, MembershipDocument, TeamDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';

export const TeamOrigin = Type.Union([Type.Literal('department'), Type.Literal('manual')]);

export const TeamList = Type.Object({
  /** By name. */
  teams: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      origin: TeamOrigin,
      /** Null of a team at the top. */
      parentId: Type.Union([Type.String(), Type.Null()]),
      /** Active learners who are in the team itself, each once. */
      members: Type.Integer({ minimum: 0 }),
    }),
  ),
});
export type TeamList = Static<typeof TeamList>;

export interface TeamsDeps {
  readonly teams: Model<TeamDocument>;
  readonly memberships: Model<MembershipDocument>;
  readonly learners: Model<LearnerDocument>;
}

/** A team that was merged into another one isn't there any more. */
export const shownTeams = (organisationId: string) => ({ organisationId, mergedInto: { $exists: false } });

const { compare } = new Intl.Collator('en');

/** All teams of an organisation. */
export async function readTeams(deps: TeamsDeps, organisationId: string): Promise<TeamList> {
  const [found, members] = await Promise.all([
    deps.teams.find(shownTeams(organisationId)).lean(),
    countMembers(deps, organisationId),
  ]);
  const teams = found.map(({ _id: id, name, origin, parentId }) => ({
    ...{ id, name, origin, parentId },
    members: members.get(id) ?? 0,
  }));
  return { teams: teams.sort((one, other) => compare(one.name, other.name) || (one.id < other.id ? -1 : 1)) };
}

/** Whoever is in a team by their department and by hand is there once. */
async function countMembers(
  { memberships, learners }: TeamsDeps,
  organisationId: string,
): Promise<ReadonlyMap<string, number>> {
  const [active, rows] = await Promise.all([
    learners.find({ organisationId, active: true }, '_id').lean<{ _id: string }[]>(),
    memberships
      .find({ organisationId }, { _id: 0, teamId: 1, learnerId: 1 })
      .lean<Pick<MembershipDocument, 'teamId' | 'learnerId'>[]>(),
  ]);
  const ids = new Set(active.map(({ _id }) => _id));
  const members = new Map<string, Set<string>>();
  for (const { teamId, learnerId } of rows) {
    if (ids.has(learnerId)) members.set(teamId, (members.get(teamId) ?? new Set()).add(learnerId));
  }
  return new Map([...members].map(([teamId, those]) => [teamId, those.size]));
}
