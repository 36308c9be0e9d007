import type { ExpectedPerson } from '../oracle/expected-people.ts';
import type { Learners } from './read-company.ts';

/** What a broken reading did that it must not, a line each. */
export interface Harm {
  readonly deactivated: readonly string[];
  readonly blanked: readonly string[];
}

/**
 * Who was deactivated although the directory has them in the group, and which field lost its value although nobody
 * emptied it. `expected` is what the directory has now.
 */
export function harmOf(before: Learners, after: Learners, expected: ReadonlyMap<string, ExpectedPerson>): Harm {
  const deactivated: string[] = [];
  const blanked: string[] = [];
  for (const [personId, was] of before) {
    const is = after.get(personId);
    const person = expected.get(personId);
    if (!was.active || !person) continue;
    if (!is?.active) deactivated.push(`${personId} was deactivated`);
    else blanked.push(...blankedOf(was, is, person).map((name) => `${personId} lost their ${name}`));
  }
  return { deactivated, blanked };
}

type Learner = Learners extends ReadonlyMap<string, infer Document> ? Document : never;

function blankedOf(was: Learner, is: Learner, person: ExpectedPerson): string[] {
  const before: Readonly<Record<string, unknown>> = { ...was.fields, team: was.primaryTeamId };
  const after: Readonly<Record<string, unknown>> = { ...is.fields, team: is.primaryTeamId };
  const fields = Object.keys(before).filter(
    (name) => (before[name] ?? null) !== null && (after[name] ?? null) === null,
  );
  const lostManager = was.manager !== null && is.manager === null && person.managerId !== null;
  return lostManager ? [...fields, 'manager'] : fields;
}
