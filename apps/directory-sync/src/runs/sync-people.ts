import { decidePerson, hashOf, type WantedState } from '@learnamp/directory';
import { propose, withdraw } from '../approval/proposals.ts';
import { followPeople } from '../delta/people-links.ts';
import { type DecidedState, emitStates } from '../emission/emit-states.ts';
import { erasedPeople } from '../erasure/erased-people.ts';
import { mapPeople } from '../mapping/map-people.ts';
import { askExistence } from '../removal/ask-existence.ts';
import { stage } from '../tracing/stage.ts';
import type { KnownStates } from './known-states.ts';
import { lookAgainLater } from './look-again.ts';
import { noteFound, noteMissing } from './note-missing.ts';
import { type DirectoryReading, readDirectoryPeople } from './read-directory-people.ts';
import type { RunContext } from './run-context.ts';
import type { RunNotes } from './run-reporter.ts';
import { noteSkipped, noteUnnamed } from './skipped-people.ts';

export interface SyncedPeople {
  /** People of whom nothing could be read. Nothing is concluded from that, and they are to be read again. */
  readonly unreadable: readonly string[];
  /** People whose own resource was answered with 404. */
  readonly notFound: readonly string[];
}

/**
 * Reads people of the group and decides about each: what changes of a learner is emitted, additions and removals are
 * proposed for the end of the run. Only what the first run adds is emitted at once.
 */
export async function syncPeople(
  context: RunContext,
  run: RunNotes,
  asked: readonly string[],
  knownStates: KnownStates,
): Promise<SyncedPeople> {
  const erased = await erasedPeople(context, asked);
  noteUnnamed(run, 'erased', erased.size);
  const personIds = asked.filter((personId) => !erased.has(personId));
  await followPeople(context, personIds);
  const reading = await stage('read people', () => readDirectoryPeople(context, personIds));
  await followManagers(context, reading);
  const { emitted, proposed } = await stage('decide', () => decide(context, run, reading, knownStates));
  if (reading.isForbidden) run.missingPermissions.add('User.Read.All');
  const named = (ids: readonly string[]) => ids.map((id) => ({ id }));
  noteSkipped(run, 'not found', named(reading.missing));
  noteSkipped(run, 'unreadable', named(reading.unreadable));

  await emitStates(context, run.runId, emitted);
  run.counts.emitted += emitted.length;
  await propose(context, run.runId, proposed);
  const changing = new Set(proposed.map(({ personId }) => personId));
  const present = reading.people.map(({ id }) => id);
  await noteFound(context, present);
  await withdraw(
    context,
    present.filter((personId) => !changing.has(personId)),
  );
  const notFound = await confirmMissing(context, reading.missing);
  const unsure = reading.missing.filter((personId) => !notFound.includes(personId));
  return { unreadable: [...reading.unreadable, ...unsure], notFound };
}

/** No row of a person tells that their manager is deleted, so managers are followed, and whoever has a new one is read again. */
async function followManagers(context: RunContext, { people }: DirectoryReading): Promise<void> {
  const managers = new Set(people.flatMap(({ managerId }) => managerId ?? []));
  const followedAnew = await followPeople(context, [...managers]);
  const reports = people.filter(({ managerId }) => managerId && followedAnew.has(managerId));
  await lookAgainLater(
    context,
    reports.map(({ id }) => id),
  );
}

async function decide(
  { organisation: { provisioning }, expressions }: RunContext,
  run: RunNotes,
  { people }: DirectoryReading,
  knownStates: KnownStates,
): Promise<{ readonly emitted: DecidedState[]; readonly proposed: WantedState[] }> {
  const known = await knownStates(people.map((person) => person.id));
  const mapped = await mapPeople({ mapping: provisioning.mapping, expressions }, run, people);
  const { counts, isFirst } = run;
  const emitted: DecidedState[] = [];
  const proposed: WantedState[] = [];
  for (const { person, ...fields } of mapped) {
    const decision = decidePerson(person, fields, known.get(person.id), provisioning);
    if (decision.kind === 'update') emitted.push(decision);
    else if (decision.kind === 'addition' && isFirst) emitted.push({ ...decision, hash: hashOf(decision.state) });
    else if (decision.kind === 'addition' || decision.kind === 'removal') proposed.push(decision.state);
    else if (decision.kind === 'skip') noteSkipped(run, decision.reason, [person]);
    else counts.unchanged += 1;
    // A disabled account is no learner, whether or not it has just been deactivated.
    if (decision.kind === 'removal') noteSkipped(run, 'disabled', [person]);
  }
  return { emitted, proposed };
}

/** That a list leaves somebody out says little; only a 404 of their own is noted. */
async function confirmMissing(context: RunContext, missing: readonly string[]): Promise<string[]> {
  const statuses = await askExistence(context, missing);
  const notFound = missing.filter((personId) => statuses.get(personId) === 404);
  await noteMissing(context, notFound);
  return notFound;
}
