import { decidePerson, type WantedState } from '@learnamp/directory';
import { type DecidedState, emitStates } from '../emission/emit-states.ts';
import type { KnownStates } from './known-states.ts';
import { forgetLeaving, noteLeaving } from '../removal/leaving.ts';
import { askExistence } from '../removal/ask-existence.ts';
import { noteFound, noteMissing } from './note-missing.ts';
import { readDirectoryPeople } from './read-directory-people.ts';
import type { RunContext } from './run-context.ts';
import type { RunReporter } from './run-reporter.ts';

export interface SyncedPeople {
  /** People of whom nothing could be read. Nothing is concluded from that, and they are to be read again. */
  readonly unreadable: readonly string[];
  /** People whose own resource was answered with 404. */
  readonly notFound: readonly string[];
}

/** Reads people of the group, decides about each and emits what differs from what is known. */
export async function syncPeople(
  context: RunContext,
  run: Pick<RunReporter, 'runId' | 'counts'>,
  personIds: readonly string[],
  knownStates: KnownStates,
): Promise<SyncedPeople> {
  const { people, missing, unreadable } = await readDirectoryPeople(context, personIds);
  const known = await knownStates(people.map((person) => person.id));

  const decided: DecidedState[] = [];
  const disabled: WantedState[] = [];
  for (const person of people) {
    const decision = decidePerson(person, known.get(person.id));
    if (decision.kind === 'emit' && decision.state.active) decided.push({ state: decision.state, hash: decision.hash });
    // A removal like any other: it is counted at the end of the run.
    else if (decision.kind === 'emit') disabled.push(decision.state);
    // A disabled account is no learner, whether or not it has just been deactivated.
    if (!person.accountEnabled) run.counts.skipped += 1;
    else if (decision.kind === 'unchanged') run.counts.unchanged += 1;
  }
  run.counts.skipped += missing.length + unreadable.length;
  run.counts.emitted += decided.length;

  await emitStates(context, run.runId, decided);
  await noteLeaving(context, run.runId, disabled);
  await noteFound(
    context,
    people.map((person) => person.id),
  );
  const present = people.filter((person) => person.accountEnabled).map((person) => person.id);
  await forgetLeaving(context, present, ['left', 'deleted', 'disabled']);
  const notFound = await confirmMissing(context, missing);
  return { unreadable: [...unreadable, ...missing.filter((personId) => !notFound.includes(personId))], notFound };
}

/** That a list leaves somebody out says little; only a 404 of their own is noted. */
async function confirmMissing(context: RunContext, missing: readonly string[]): Promise<string[]> {
  const statuses = await askExistence(context, missing);
  const notFound = missing.filter((personId) => statuses.get(personId) === 404);
  await noteMissing(context, notFound);
  return notFound;
}
