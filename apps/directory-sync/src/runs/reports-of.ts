import type { DeltaReading } from '../delta/read-delta.ts';
import type { RunContext } from './run-context.ts';

/**
 * People whose manager was deleted or restored: nothing changed of themselves, so no row tells of it. Who comes back may
 * have been the manager of whoever lost theirs.
 */
export async function reportsOf(
  { stores, organisation }: Pick<RunContext, 'stores' | 'organisation'>,
  { userIds, removedUserIds }: Pick<DeltaReading, 'userIds' | 'removedUserIds'>,
): Promise<string[]> {
  const back = [...userIds].filter((userId) => !removedUserIds.has(userId));
  const reports = await stores.people
    .find(
      {
        organisationId: organisation.id,
        $or: [{ 'emitted.state.managerId': { $in: [...removedUserIds] } }, { formerManagerId: { $in: back } }],
      },
      { personId: 1 },
    )
    .lean<{ personId: string }[]>();
  return reports.map(({ personId }) => personId);
}
