import type { LearnerCommand } from '@learnamp/contracts';
import { type LearnerDocument, type MembershipDocument, membershipId, type TeamDocument } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import type { Model } from 'mongoose';
import type { CommandResult } from '../commands/command-result.ts';

export interface TeamCommandDeps {
  readonly teams: Model<TeamDocument>;
  readonly memberships: Model<MembershipDocument>;
  readonly learners: Model<LearnerDocument>;
}

type Command = Omit<LearnerCommand, 'action'>;

// A team that was merged into another one isn't there any more.
const shown = { mergedInto: { $exists: false } } as const;

/** Puts a team under another one, or at the top. Provisioning never changes that. */
export async function setTeamParent(
  { teams }: TeamCommandDeps,
  { organisationId }: Command,
  { teamId, parentId }: { readonly teamId: string; readonly parentId: string | null },
): Promise<CommandResult> {
  const all = await teams.find({ organisationId, ...shown }, { parentId: 1 }).lean();
  const parents = new Map(all.map((team) => [team._id, team.parentId]));
  if (!parents.has(teamId)) return { refused: 'There is no such team.' };
  if (parentId !== null && !parents.has(parentId)) return { refused: 'There is no such parent team.' };
  if (isUnder(parentId, teamId, parents)) return { refused: 'A team can’t be under itself.' };
  await teams.updateOne({ _id: teamId, organisationId }, { $set: { parentId } });
  return { count: 1 };
}

/** Whether a team is the other one, or anywhere under it. */
function isUnder(teamId: string | null, other: string, parents: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>();
  for (let at = teamId; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
    if (at === other) return true;
    seen.add(at);
  }
  return false;
}

interface ByHand {
  readonly learnerId: string;
  readonly teamId: string;
}

/** Makes a learner a member of a team by hand: beside their department's team, whatever becomes of that. */
export async function addMembership(
  { teams, learners, memberships }: TeamCommandDeps,
  { organisationId }: Command,
  { learnerId, teamId }: ByHand,
): Promise<CommandResult> {
  if (!(await teams.exists({ _id: teamId, organisationId, ...shown }))) return { refused: 'There is no such team.' };
  if (!(await learners.exists({ _id: learnerId, organisationId, tombstone: { $ne: true } }))) {
    return { refused: 'There is no such learner.' };
  }
  const membership = { organisationId, learnerId, teamId, origin: 'manual' } as const;
  await insertOnce(memberships, [{ _id: membershipId(membership), ...membership }]);
  return { count: 1 };
}

/** Ends a membership that was made by hand; that of a department belongs to the department. */
export async function removeMembership(
  { memberships }: TeamCommandDeps,
  { organisationId }: Command,
  { learnerId, teamId }: ByHand,
): Promise<CommandResult> {
  const _id = membershipId({ learnerId, teamId, origin: 'manual' });
  await memberships.deleteOne({ _id, organisationId });
  return { count: 1 };
}
