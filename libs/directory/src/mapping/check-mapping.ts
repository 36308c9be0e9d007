import Type from 'typebox';
import { Value } from 'typebox/value';
import { fitted, fieldLengths } from './field-text.ts';
import { CUSTOM_PREFIX, customFieldId, type FieldMapping, isPropertyName, type MappingRule } from './mapping-rule.ts';
import { selectionProblem } from './selectable-properties.ts';

/** What a mapping may be as long as: events and memory are bounded by it. */
const MAX_CUSTOM_FIELDS = 50;
const MAX_EXPRESSION_LENGTH = 2000;

const exactly = { additionalProperties: false };

const MappingSchema = Type.Object(
  {
    rules: Type.Array(
      Type.Object(
        {
          field: Type.String({ minLength: 1, maxLength: 64 }),
          from: Type.String({ minLength: 1, maxLength: MAX_EXPRESSION_LENGTH }),
          apply: Type.Union([Type.Literal('always'), Type.Literal('create only')]),
          onEmpty: Type.Union([Type.Literal('keep'), Type.Literal('clear'), Type.Literal('default')]),
          default: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
        },
        exactly,
      ),
      { maxItems: MAX_CUSTOM_FIELDS + Object.keys(fieldLengths).length },
    ),
    customFields: Type.Array(
      Type.Object(
        {
          id: Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$' }),
          title: Type.String({ minLength: 1, maxLength: 128, pattern: '\\S' }),
        },
        exactly,
      ),
      { maxItems: MAX_CUSTOM_FIELDS },
    ),
  },
  exactly,
);

/** The properties of a user that an expression reads. @throws Error that says why it can't be used. */
export type ExpressionReader = (expression: string) => readonly string[];

/**
 * What is wrong with a mapping that somebody wants to set, each in one sentence that names the rule; empty where nothing
 * is. Nothing is trusted of the value, not even its shape.
 */
export function mappingProblems(mapping: unknown, propertiesOf: ExpressionReader): string[] {
  if (!Value.Check(MappingSchema, mapping)) {
    return Value.Errors(MappingSchema, mapping).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  }
  const { rules, customFields }: FieldMapping = mapping;
  const known = new Set([...Object.keys(fieldLengths), ...customFields.map(({ id }) => `${CUSTOM_PREFIX}${id}`)]);
  return [
    ...repeated(customFields.map(({ id }) => id)).map((id) => `the custom field "${id}" is defined more than once`),
    ...repeated(rules.map(({ field }) => field)).map((field) => `"${field}" has more than one rule`),
    ...rules.flatMap((rule) =>
      ruleProblems(rule, known, propertiesOf).map((problem) => `the rule of "${rule.field}": ${problem}`),
    ),
  ];
}

const repeated = (names: readonly string[]) => [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];

function ruleProblems(rule: MappingRule, known: ReadonlySet<string>, propertiesOf: ExpressionReader): string[] {
  return [fieldProblem(rule, known), defaultProblem(rule), ...sourceProblems(rule, propertiesOf)].filter(
    (problem) => problem !== undefined,
  );
}

function fieldProblem({ field }: MappingRule, known: ReadonlySet<string>): string | undefined {
  if (known.has(field)) return undefined;
  return customFieldId(field) === undefined
    ? 'there is no such standard field'
    : 'the organisation defines no such custom field';
}

function defaultProblem({ field, onEmpty, default: text }: MappingRule): string | undefined {
  if (onEmpty !== 'default') return text === undefined ? undefined : 'a default needs onEmpty to be "default"';
  if (text === undefined || text.trim() === '') return 'onEmpty is "default" and there is no default';
  const reading = fitted(field, text);
  return 'problem' in reading ? `the default doesn't fit: ${reading.problem}` : undefined;
}

function sourceProblems({ from }: MappingRule, propertiesOf: ExpressionReader): (string | undefined)[] {
  if (isPropertyName(from)) return [selectionProblem(from)];
  try {
    return propertiesOf(from).map(selectionProblem);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
