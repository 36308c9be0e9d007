import { decidePerson } from '@learnamp/directory';
import { type DecidedState, emitStates } from '../emission/emit-states.ts';
import type { KnownStates } from './known-states.ts';
import { noteMissing } from './note-missing.ts';
import { readDirectoryPeople } from './read-directory-people.ts';
import type { RunContext } from './run-context.ts';
import type { RunReporter } from './run-reporter.ts';

/**
 * Reads people of the group, decides about each and emits what differs from what is known. Those who can't be found are
 * noted as missing. Returns how many could not be read.
 */
export async function syncPeople(
  context: RunContext,
  run: Pick<RunReporter, 'runId' | 'counts'>,
  personIds: readonly string[],
  knownStates: KnownStates,
): Promise<number> {
  const { people, missing, unreadable } = await readDirectoryPeople(context, personIds);
  const known = await knownStates(people.map((person) => person.id));

  const decided: DecidedState[] = [];
  for (const person of people) {
    const decision = decidePerson(person, known.get(person.id));
    if (decision.kind === 'emit') decided.push({ state: decision.state, hash: decision.hash });
    // A disabled account is no learner, whether or not it has just been deactivated.
    if (!person.accountEnabled) run.counts.skipped += 1;
    else if (decision.kind === 'unchanged') run.counts.unchanged += 1;
  }
  run.counts.skipped += missing.length + unreadable.length;
  run.counts.emitted += decided.length;

  await emitStates(context, run.runId, decided);
  await noteMissing(context, missing);
  return unreadable.length;
}
