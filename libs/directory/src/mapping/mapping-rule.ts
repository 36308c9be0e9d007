import type { StandardField } from './learner-fields.ts';

/** A field that an organisation defines. Its values are text. */
export interface CustomField {
  /** Never changes: learners keep their values by it. */
  readonly id: string;
  readonly title: string;
}

/** How one field of a learner comes from the directory. */
export interface MappingRule {
  /** A standard field, or `customFields.` and the id of one that the organisation defines. */
  readonly field: string;
  /** A property of Graph's user, or a JSONata expression over several. */
  readonly from: string;
  /** `create only`: written when the learner is made, and left alone from then on. */
  readonly apply: 'always' | 'create only';
  /** What becomes of the field when the directory says nothing: it stays, it is emptied, or it gets `default`. */
  readonly onEmpty: 'keep' | 'clear' | 'default';
  readonly default?: string;
}

/** What an organisation sets. A standard field without a rule here is mapped by `defaultRules`. */
export interface FieldMapping {
  readonly rules: readonly MappingRule[];
  readonly customFields: readonly CustomField[];
}

/** The mapping of an organisation that has set none. */
export const noMapping: FieldMapping = { rules: [], customFields: [] };

const sources: Readonly<Record<StandardField, string>> = {
  firstName: 'givenName',
  lastName: 'surname',
  displayName: 'displayName',
  email: 'userPrincipalName',
  jobTitle: 'jobTitle',
  department: 'department',
  location: 'officeLocation',
  language: 'preferredLanguage',
  hireDate: 'employeeHireDate',
};

/** Learn Amp's default mapping: one rule for each standard field. */
export const defaultRules: readonly MappingRule[] = Object.entries(sources).map(([field, from]) => ({
  field,
  from,
  apply: 'always',
  onEmpty: 'clear',
}));

/** The rules in force: the organisation's own, and the default ones of the fields that it has none for. */
export function rulesOf({ rules }: Pick<FieldMapping, 'rules'>): MappingRule[] {
  const own = new Set(rules.map(({ field }) => field));
  return [...defaultRules.filter(({ field }) => !own.has(field)), ...rules];
}

/** Whether a rule's `from` is the name of a property, which needs no evaluator. Anything else is an expression. */
export const isPropertyName = (from: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(from);

/** The expressions that the rules have, each once. */
export const expressionsOf = (rules: readonly MappingRule[]): string[] => [
  ...new Set(rules.map(({ from }) => from).filter((from) => !isPropertyName(from))),
];

export const CUSTOM_PREFIX = 'customFields.';

/** The id of the custom field that a rule's `field` names; undefined for a standard field. */
export const customFieldId = (field: string): string | undefined =>
  field.startsWith(CUSTOM_PREFIX) ? field.slice(CUSTOM_PREFIX.length) : undefined;
