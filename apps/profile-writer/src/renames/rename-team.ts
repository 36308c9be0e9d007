import type { RenameOfferDocument } from '@learnamp/learners';
import { mergeMembers, type MergeMembersDeps } from '../teams/merge-members.ts';
import { mergesOf } from '../teams/read-merges.ts';

/**
 * Gives a department's team, with all that is its own, the name of another department, and lets it take the place of that
 * one's team. Each step may be done again. The merge is stored before anybody is moved: see `followMerges`.
 */
export async function renameTeam(
  deps: MergeMembersDeps,
  { organisationId, from, to }: Pick<RenameOfferDocument, 'organisationId' | 'from' | 'to'>,
): Promise<void> {
  const merges = await mergesOf(deps.teams, [from.departmentId]);
  const teamId = merges.get(from.departmentId) ?? from.departmentId;
  await deps.teams.updateOne({ _id: teamId, organisationId }, { $set: { name: to.name } });
  if (to.departmentId === teamId) return;
  await adoptChildren(deps, organisationId, { of: to.departmentId, by: teamId });
  await deps.teams.updateMany(
    { organisationId, $or: [{ _id: to.departmentId }, { mergedInto: to.departmentId }] },
    { $set: { mergedInto: teamId, parentId: null } },
  );
  await mergeMembers(deps, to.departmentId, teamId);
}

/** Teams under the one come under the other; a team that the other is under itself comes in the place of the one. */
async function adoptChildren(
  { teams }: MergeMembersDeps,
  organisationId: string,
  { of, by }: { readonly of: string; readonly by: string },
): Promise<void> {
  const all = await teams.find({ organisationId }, 'parentId').lean();
  const parents = new Map(all.map(({ _id, parentId }) => [_id, parentId]));
  const above = new Set<string>();
  for (let at: string | null = by; at !== null && !above.has(at); at = parents.get(at) ?? null) above.add(at);
  const children = all.filter(({ parentId }) => parentId === of).map(({ _id }) => _id);
  const [ancestors, others] = [children.filter((id) => above.has(id)), children.filter((id) => !above.has(id))];
  await teams.updateMany({ _id: { $in: ancestors } }, { $set: { parentId: parents.get(of) ?? null } });
  await teams.updateMany({ _id: { $in: others } }, { $set: { parentId: by } });
}
