import { fitted, type Reading, textOf } from './field-text.ts';
import type { DirectoryPerson, MappedFields } from './learner-fields.ts';
import { customFieldId, isPropertyName, type MappingRule } from './mapping-rule.ts';

/** What an expression came to for one person. */
export type Evaluated =
  | { readonly kind: 'value'; readonly value: unknown }
  /** It threw, took too long or too much memory; the reason is one sentence. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Evaluates an expression over a person's properties. Given from outside: this library does no such work. */
export type Evaluator = (expression: string, person: DirectoryPerson) => Evaluated;

/** Fields that are not simply set to what the state says, by their names in rules, each list in order. */
export interface FieldRules {
  /** Written when the learner is made, and left alone from then on. */
  readonly createOnly: string[];
  /** Left as they are where the state says null. */
  readonly keptWhenEmpty: string[];
  /** Nothing is known of them now: left as they are, whatever the state says. */
  readonly unreadable: string[];
}

/** A field that could not be read of a person, and why, in one sentence without the person's data. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

/** What the rules make of a person. */
export interface MappedPerson {
  readonly fields: MappedFields;
  readonly customFields: Readonly<Record<string, string | null>>;
  readonly fieldRules: FieldRules;
  readonly problems: readonly FieldProblem[];
}

const noFields: MappedFields = {
  firstName: null,
  lastName: null,
  displayName: null,
  email: null,
  jobTitle: null,
  department: null,
  location: null,
  language: null,
  hireDate: null,
};

/**
 * Maps a person by `rules`, of which each field has one. A field that can't be read blanks nothing and stops nothing: it
 * is named as unreadable, with the problem.
 */
export function mapFields(person: DirectoryPerson, rules: readonly MappingRule[], evaluate: Evaluator): MappedPerson {
  const readings = rules.map((rule) => ({ ...rule, reading: readField(person, rule, evaluate) }));
  const texts = readings.map(({ field, reading }) => [field, 'text' in reading ? reading.text : null] as const);
  const named = (wanted: (rule: (typeof readings)[number]) => boolean) =>
    readings.filter(wanted).map(({ field }) => field);
  return {
    fields: { ...noFields, ...Object.fromEntries(texts.filter(([field]) => customFieldId(field) === undefined)) },
    customFields: Object.fromEntries(
      texts.flatMap(([field, text]) => {
        const id = customFieldId(field);
        return id === undefined ? [] : [[id, text] as const];
      }),
    ),
    fieldRules: {
      createOnly: named(({ apply }) => apply === 'create only').sort(),
      keptWhenEmpty: named(({ onEmpty }) => onEmpty === 'keep').sort(),
      unreadable: named(({ reading }) => 'problem' in reading).sort(),
    },
    problems: readings.flatMap(({ field, reading }) => ('problem' in reading ? [{ field, ...reading }] : [])),
  };
}

function readField(person: DirectoryPerson, rule: MappingRule, evaluate: Evaluator): Reading {
  const read = valueOf(person, rule.from, evaluate);
  if (read.kind === 'failed') return { problem: read.reason };
  const reading = textOf(read.value);
  if ('problem' in reading) return reading;
  const text = reading.text ?? (rule.onEmpty === 'default' ? (rule.default ?? null) : null);
  return text === null ? { text } : fitted(rule.field, text);
}

function valueOf(person: DirectoryPerson, from: string, evaluate: Evaluator): Evaluated {
  if (!isPropertyName(from)) return evaluate(from, person);
  // What the organisation wrote must not reach what every object has, such as `constructor`.
  return { kind: 'value', value: Object.hasOwn(person.properties, from) ? person.properties[from] : null };
}
