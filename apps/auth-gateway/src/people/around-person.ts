import type { InvitationDocument, LearnerDocument, MembershipDocument, TeamDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import { nameOf } from '../home/profile.ts';
import { openStateOf, stateWords } from '../invitations/invitation-state.ts';
import type { InvitationOfPerson, ManagerOfPerson, TeamOfPerson } from './person-view.ts';

export interface AroundPersonDeps {
  readonly learners: Model<LearnerDocument>;
  readonly teams: Model<TeamDocument>;
  readonly memberships: Model<MembershipDocument>;
  readonly invitations: Model<InvitationDocument>;
  readonly clock: () => Date;
}

/** The teams that a learner is in, by name. */
export async function teamsOf(
  { memberships, teams }: AroundPersonDeps,
  { _id: learnerId, organisationId }: LearnerDocument,
): Promise<TeamOfPerson[]> {
  const theirs = await memberships.find({ learnerId, organisationId }, 'teamId origin').lean();
  const ids = theirs.map(({ teamId }) => teamId);
  const found = await teams.find({ organisationId, _id: { $in: ids } }, 'name').lean();
  const names = new Map(found.map(({ _id, name }) => [_id, name]));
  return theirs
    .flatMap(({ teamId: id, origin }) => {
      const name = names.get(id);
      return name === undefined ? [] : [{ id, name, origin }];
    })
    .sort((one, other) => one.name.localeCompare(other.name) || one.origin.localeCompare(other.origin));
}

/** The team that they are shown in. */
export async function primaryTeamOf(
  { teams }: AroundPersonDeps,
  { primaryTeamId, organisationId }: LearnerDocument,
): Promise<{ id: string; name: string } | null> {
  const team = primaryTeamId === null ? null : await teams.findOne({ _id: primaryTeamId, organisationId }).lean();
  return team && { id: team._id, name: team.name };
}

export async function managerOf(
  { learners }: AroundPersonDeps,
  { manager, organisationId }: LearnerDocument,
): Promise<ManagerOfPerson | null> {
  if (!manager) return null;
  const { learnerId, personId } = manager;
  const found =
    learnerId === null ? null : await learners.findOne({ _id: learnerId, organisationId }).lean<LearnerDocument>();
  return { learnerId, personId, name: found && nameOf(found), active: found?.active ?? null };
}

/** How many active learners have them as manager. */
export async function reportsOf(
  { learners }: AroundPersonDeps,
  { _id, organisationId, sources: { microsoft } }: LearnerDocument,
): Promise<number> {
  if (!microsoft) return 0;
  const theirs = { 'manager.personId': microsoft.personId, 'manager.learnerId': _id };
  return learners.countDocuments({ organisationId, ...theirs, active: true });
}

/** Their invitation, unless they have used it or it was withdrawn. */
export async function invitationOf(
  { invitations, clock }: AroundPersonDeps,
  { _id, organisationId }: LearnerDocument,
): Promise<InvitationOfPerson | null> {
  const invitation = await invitations.findOne({ _id, organisationId }).lean<InvitationDocument>();
  if (!invitation) return null;
  const state = openStateOf(invitation, clock());
  if (state === null) return null;
  const { address, reason, sentAt, createdAt } = invitation;
  return { state, stateInWords: stateWords[state], address, reason, at: (sentAt ?? createdAt).toISOString() };
}
