import type { OwnersDeps } from './keep-last-owners.ts';

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

/** Whether somebody is the only active Owner of an organisation. */
export async function isLastOwner(deps: OwnersDeps, organisationId: string, learnerId: string): Promise<boolean> {
  const owners = (await activeOwners(deps, [organisationId])).get(organisationId) ?? [];
  return owners.length === 1 && owners[0] === learnerId;
}

interface MayLeave {
  readonly learnerId: string;
  readonly leaves: boolean;
}

/** Those of the leavers after whom an organisation would have no active Owner, if they leave in this order. */
export async function lastOwnersAmong(
  deps: OwnersDeps,
  organisationId: string,
  changes: readonly MayLeave[],
): Promise<ReadonlySet<string>> {
  const leaving = changes.filter(({ leaves }) => leaves);
  const owners = await activeOwners(deps, leaving.length === 0 ? [] : [organisationId]);
  const left = new Set(owners.get(organisationId));
  const last = leaving.filter(({ learnerId }) => left.has(learnerId) && (left.size === 1 || !left.delete(learnerId)));
  return new Set(last.map(({ learnerId }) => learnerId));
}
