import type { CommandResult } from '../commands/command-result.ts';
import { breakGlassOwners } from './break-glass-owners.ts';
import type { OwnersDeps } from './keep-last-owners.ts';

/** What a command is told that would deactivate an Owner who is needed. */
export const neededOwner: CommandResult = {
  refused:
    'The last active Owner of an organisation stays active, and so does the Owner who signs in by password in an emergency.',
};

/** Learner ids of the active Owners, by organisation; an organisation without one is left out. */
export async function activeOwners(
  { roles, learners }: OwnersDeps,
  organisationIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (organisationIds.length === 0) return new Map();
  const owners = await roles.find({ organisationId: { $in: [...new Set(organisationIds)] }, role: 'Owner' }).lean();
  const active = await learners
    .find({ _id: { $in: owners.map(({ learnerId }) => learnerId) }, active: true }, 'organisationId')
    .lean();
  const found = new Map<string, string[]>();
  for (const { _id, organisationId } of active) found.set(organisationId, [...(found.get(organisationId) ?? []), _id]);
  return found;
}

/** Whether somebody is the only active Owner of an organisation, or the only one who may sign in by password. */
export async function isNeededOwner(deps: OwnersDeps, organisationId: string, learnerId: string): Promise<boolean> {
  const owners = (await activeOwners(deps, [organisationId])).get(organisationId) ?? [];
  const isLast = owners.length === 1 && owners[0] === learnerId;
  return isLast || (await breakGlassOwners(deps, [organisationId])).has(learnerId);
}

interface MayLeave {
  readonly learnerId: string;
  readonly leaves: boolean;
}

/**
 * Those of the leavers after whom an organisation would have no active Owner, if they leave in this order, and the only one
 * who may sign in by password.
 */
export async function neededOwnersAmong(
  deps: OwnersDeps,
  organisationId: string,
  changes: readonly MayLeave[],
): Promise<ReadonlySet<string>> {
  const leaving = changes.filter(({ leaves }) => leaves);
  const concerned = leaving.length === 0 ? [] : [organisationId];
  const [owners, breakGlass] = await Promise.all([activeOwners(deps, concerned), breakGlassOwners(deps, concerned)]);
  const left = new Set(owners.get(organisationId));
  const needed = leaving.filter(
    ({ learnerId }) =>
      breakGlass.has(learnerId) || (left.has(learnerId) && (left.size === 1 || !left.delete(learnerId))),
  );
  return new Set(needed.map(({ learnerId }) => learnerId));
}
