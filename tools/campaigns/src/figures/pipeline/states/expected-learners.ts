import type { UserState } from '@learnamp/contracts';
import { learnerIdOf } from '@learnamp/learners';
import type { Connection } from 'mongoose';
import { effectProblems } from '../../provisioning/kills/effects.ts';
import { differencesOf } from '../../provisioning/oracle/compare-learners.ts';
import type { ExpectedPerson } from '../../provisioning/oracle/expected-people.ts';
import { readKept } from '../../provisioning/oracle/read-kept.ts';

/** Where a database is not what a stream of states comes to, or an effect happened twice or not at all, a line each. */
export async function streamProblems(connection: Connection, states: readonly UserState[]): Promise<string[]> {
  return [...(await learnerProblems(connection, states)), ...countProblems(states, await readKept(connection))];
}

/** Where learners are not as their newest states say, or the log tells of them otherwise, however many states were applied. */
export async function learnerProblems(connection: Connection, states: readonly UserState[]): Promise<string[]> {
  const kept = await readKept(connection);
  const { learners, log } = kept;
  return [
    ...differencesOf(kept, expectedOf(states)),
    ...effectProblems({ learners, log, invitations: [], mails: new Map() }),
  ];
}

/** The last that was said of each person who is there. Written apart from the code that is to come to the same. */
function expectedOf(states: readonly UserState[]): Map<string, ExpectedPerson> {
  const expected = new Map<string, ExpectedPerson>();
  for (const { personId, active, fields, managerId } of states) {
    if (!active) expected.delete(personId);
    else expected.set(personId, { ...fields, email: fields.email ?? '', guest: false, managerId: managerId ?? null });
  }
  return expected;
}

/** What happens once for each change: an entry of the log, and the end of sessions when somebody leaves. */
function countProblems(
  states: readonly UserState[],
  { learners, log }: Awaited<ReturnType<typeof readKept>>,
): string[] {
  const entries = new Map<string, number>();
  for (const { learnerId } of log) entries.set(learnerId, (entries.get(learnerId) ?? 0) + 1);
  const sessions = new Map(learners.map(({ _id, sessionVersion }) => [_id, sessionVersion]));
  return [...countsOf(states)].flatMap(([learnerId, { changes, departures }]) => [
    ...differs(`${learnerId} has log entries`, entries.get(learnerId) ?? 0, changes),
    ...differs(`${learnerId} was signed out`, (sessions.get(learnerId) ?? 1) - 1, departures),
  ]);
}

const differs = (what: string, is: number, should: number) => (is === should ? [] : [`${what}: ${is}, not ${should}`]);

function countsOf(states: readonly UserState[]) {
  const counts = new Map<string, { changes: number; departures: number; shown: string | undefined; active: boolean }>();
  for (const { organisationId, personId, active, fields, managerId } of states) {
    const learnerId = learnerIdOf(organisationId, 'microsoft', personId);
    const before = counts.get(learnerId) ?? { changes: 0, departures: 0, shown: undefined, active: false };
    // A leaver keeps the profile that was shown last.
    const shown = active ? JSON.stringify([fields, managerId]) : before.shown;
    const isChange = active !== before.active || shown !== before.shown;
    counts.set(learnerId, {
      changes: before.changes + (isChange ? 1 : 0),
      departures: before.departures + (before.active && !active ? 1 : 0),
      shown,
      active,
    });
  }
  return counts;
}
