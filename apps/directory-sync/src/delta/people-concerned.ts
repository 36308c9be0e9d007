import type { RunContext } from '../runs/run-context.ts';

// A deleted account can be restored for thirty days (Graph, deleted items).
const RESTORABLE_MS = 31 * 24 * 60 * 60 * 1000;

/**
 * Everybody whose changes matter: the members; who is active all the same, or was a member not long ago and may be
 * restored; and managers, in the group or not, of whom no row of their reports tells when they are deleted or restored.
 */
export async function peopleConcerned(
  { stores, organisation, clock }: Pick<RunContext, 'stores' | 'organisation' | 'clock'>,
  members: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const organisationId = organisation.id;
  const active = { organisationId, 'emitted.state.active': true };
  const lost = { organisationId, lostAt: { $gt: new Date(clock().getTime() - RESTORABLE_MS) } };
  const people: unknown[] = [
    ...(await stores.people.distinct('personId', { $or: [active, lost] })),
    ...(await stores.people.distinct('emitted.state.managerId', active)),
    ...(await stores.people.distinct('formerManagerId', active)),
  ];
  return new Set([...members, ...people.filter((personId): personId is string => typeof personId === 'string')]);
}

/** Notes who is in the group no more by the tree: they are followed for as long as they could come back unannounced. */
export async function noteLost(
  { stores, organisation, clock }: Pick<RunContext, 'stores' | 'organisation' | 'clock'>,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): Promise<void> {
  const lost = [...before].filter((personId) => !after.has(personId));
  if (lost.length === 0) return;
  await stores.people.updateMany(
    { organisationId: organisation.id, personId: { $in: lost } },
    { $set: { lostAt: clock() } },
  );
}
