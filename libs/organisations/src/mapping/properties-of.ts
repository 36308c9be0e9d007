import { type FieldMapping, isPropertyName, selectionProblem } from '@learnamp/directory';
import { ExpressionError, expressionProperties } from './expression-properties.ts';

/**
 * The properties of Graph's user that a mapping reads, in order. What a stored rule reads that can't be told or selected
 * any more is left out: the rule then fails by itself, for its own field.
 */
export function propertiesOf({ rules }: Pick<FieldMapping, 'rules'>): string[] {
  const names = rules.flatMap(({ from }) => (isPropertyName(from) ? [from] : readable(from)));
  return [...new Set(names)].filter((name) => selectionProblem(name) === undefined).sort();
}

function readable(expression: string): string[] {
  try {
    return expressionProperties(expression);
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}
