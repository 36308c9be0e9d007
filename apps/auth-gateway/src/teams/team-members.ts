import type { LearnerDocument, MembershipDocument } from '@learnamp/learners';
import Type, { type Static } from 'typebox';
import { nameOf } from '../home/profile.ts';
import { pageByName } from '../paging/page-by-name.ts';
import { Next, type PageQuery } from '../paging/read-page.ts';
import { shownTeams, TeamOrigin, type TeamsDeps } from './team-list.ts';

export const TeamMembers = Type.Object({
  /** Active learners by name, each once. */
  items: Type.Array(
    Type.Object({
      learnerId: Type.String(),
      name: Type.String(),
      /** `manual` as long as they are in it by hand, whether or not their department is this team's too. */
      origin: TeamOrigin,
    }),
  ),
  next: Next,
});
export type TeamMembers = Static<typeof TeamMembers>;

export interface InTeam {
  readonly organisationId: string;
  readonly teamId: string;
}

/** A page of the active learners of a team; null where there is no such team. */
export async function readMembers(
  deps: TeamsDeps,
  { organisationId, teamId }: InTeam,
  page: PageQuery,
): Promise<TeamMembers | null> {
  if (!(await deps.teams.exists({ _id: teamId, ...shownTeams(organisationId) }))) return null;
  const rows = await deps.memberships.find({ organisationId, teamId }, 'learnerId origin').lean();
  const origins = originsOf(rows);
  const found = await deps.learners
    .find({ organisationId, _id: { $in: [...origins.keys()] }, active: true }, 'fields')
    .lean<LearnerDocument[]>();
  const members = found.map((learner) => ({
    learnerId: learner._id,
    name: nameOf(learner),
    origin: origins.get(learner._id) ?? 'department',
  }));
  return pageByName('team members', members, page);
}

type Row = Pick<MembershipDocument, 'learnerId' | 'origin'>;

function originsOf(rows: readonly Row[]): ReadonlyMap<string, Row['origin']> {
  const origins = new Map<string, Row['origin']>();
  for (const { learnerId, origin } of rows) if (origins.get(learnerId) !== 'manual') origins.set(learnerId, origin);
  return origins;
}
