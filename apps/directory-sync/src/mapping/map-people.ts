import {
  type DirectoryPerson,
  type Evaluated,
  expressionsOf,
  type FieldMapping,
  mapFields,
  type MappedPerson,
  rulesOf,
} from '@learnamp/directory';
import type { RunReporter } from '../runs/run-reporter.ts';
import type { ExpressionEvaluator } from './expression-evaluator.ts';

export interface MapPeopleDeps {
  readonly mapping: FieldMapping;
  readonly expressions: Pick<ExpressionEvaluator, 'evaluate'>;
}

/** Maps people by the organisation's rules, and notes on the run which fields could not be read of how many. */
export async function mapPeople(
  { mapping, expressions }: MapPeopleDeps,
  run: Pick<RunReporter, 'unreadableFields'>,
  people: readonly DirectoryPerson[],
): Promise<(MappedPerson & { readonly person: DirectoryPerson })[]> {
  const rules = rulesOf(mapping);
  const evaluated = new Map<string, ReadonlyMap<string, Evaluated>>();
  for (const expression of expressionsOf(rules)) {
    const values = await expressions.evaluate(expression, people);
    evaluated.set(expression, new Map(people.flatMap(({ id }, at) => (values[at] ? [[id, values[at]] as const] : []))));
  }
  const evaluate = (expression: string, { id }: DirectoryPerson): Evaluated =>
    evaluated.get(expression)?.get(id) ?? { kind: 'failed', reason: 'the expression was not evaluated' };

  return people.map((person) => {
    const mapped = mapFields(person, rules, evaluate);
    // A disabled account is no learner, so nothing is missing there.
    if (person.accountEnabled) for (const problem of mapped.problems) note(run.unreadableFields, problem);
    return { person, ...mapped };
  });
}

/** How many people a field could not be read of, and the first problem, by the field's name. */
export type UnreadableFields = Map<string, { people: number; readonly problem: string }>;

function note(fields: UnreadableFields, { field, problem }: MappedPerson['problems'][number]): void {
  const noted = fields.get(field);
  if (noted) noted.people += 1;
  else fields.set(field, { people: 1, problem });
}
