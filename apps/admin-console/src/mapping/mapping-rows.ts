import { type CustomField, defaultSources, type Mapping, type MappingRule } from './mapping.ts';

/** A rule as the table has it: the default stays while something else is chosen beside it. */
export interface RuleRow extends Omit<MappingRule, 'default'> {
  readonly default: string;
}

/** A mapping that somebody edits. No two rows are of the same field, no two custom fields of the same id. */
export interface MappingRows {
  readonly rules: readonly RuleRow[];
  readonly customFields: readonly CustomField[];
}

export const rowsOf = ({ rules, customFields }: Mapping): MappingRows => ({
  rules: rules.map((rule) => ({ default: '', ...rule })),
  customFields: [...customFields],
});

export const mappingOf = ({ rules, customFields }: MappingRows): Mapping => ({
  rules: rules.map(({ default: text, ...rule }) => (rule.onEmpty === 'default' ? { ...rule, default: text } : rule)),
  customFields: [...customFields],
});

const CUSTOM_PREFIX = 'customFields.';

/** What a rule calls a custom field. */
export const fieldOf = ({ id }: Pick<CustomField, 'id'>): string => `${CUSTOM_PREFIX}${id}`;

/** The fields that have no rule, in the order in which they are offered. */
export function fieldsWithoutRule({ rules, customFields }: MappingRows): string[] {
  const taken = new Set(rules.map(({ field }) => field));
  return [...Object.keys(defaultSources), ...customFields.map(fieldOf)].filter((field) => !taken.has(field));
}

/** With a rule for a field that has none, beginning as the default would be. */
export function withRule(rows: MappingRows, field: string): MappingRows {
  if (!fieldsWithoutRule(rows).includes(field)) return rows;
  const rule: RuleRow = { field, from: defaultSources[field] ?? '', apply: 'always', onEmpty: 'clear', default: '' };
  return { ...rows, rules: [...rows.rules, rule] };
}

export const withoutRule = (rows: MappingRows, field: string): MappingRows => ({
  ...rows,
  rules: rows.rules.filter((rule) => rule.field !== field),
});

export const withChange = (rows: MappingRows, field: string, change: Partial<RuleRow>): MappingRows => ({
  ...rows,
  rules: rows.rules.map((rule) => (rule.field === field ? { ...rule, ...change, field } : rule)),
});

/** With the rule so many places further down; at the ends nothing moves. */
export function withMove(rows: MappingRows, field: string, by: 1 | -1): MappingRows {
  const at = rows.rules.findIndex((rule) => rule.field === field);
  const [moved, other] = [rows.rules[at], rows.rules[at + by]];
  if (!moved || !other) return rows;
  return { ...rows, rules: rows.rules.with(at, other).with(at + by, moved) };
}

/** With a custom field, and a rule for it that has to be filled; as it was where the id is taken. */
export function withCustomField(rows: MappingRows, added: CustomField): MappingRows {
  if (rows.customFields.some(({ id }) => id === added.id)) return rows;
  return withRule({ ...rows, customFields: [...rows.customFields, added] }, fieldOf(added));
}

export const withTitle = (rows: MappingRows, id: string, title: string): MappingRows => ({
  ...rows,
  customFields: rows.customFields.map((field) => (field.id === id ? { ...field, title } : field)),
});

/** Without a custom field, and without the rule that would be about nothing then. */
export const withoutCustomField = (rows: MappingRows, id: string): MappingRows => ({
  ...withoutRule(rows, fieldOf({ id })),
  customFields: rows.customFields.filter((field) => field.id !== id),
});

/** Whether a source is the name of a property; anything else is an expression. */
export function sourceKind(from: string): 'property' | 'expression' | 'nothing' {
  if (from.trim() === '') return 'nothing';
  return /^[A-Za-z_][A-Za-z0-9_]*$/u.test(from) ? 'property' : 'expression';
}

/** An id that a custom field of this name may have; empty where its name suggests none. */
export function idFrom(title: string): string {
  const plain = title.normalize('NFD').replaceAll(/\p{M}/gu, '');
  const words = plain.match(/[A-Za-z0-9]+/gu) ?? [];
  const joined = words
    .map((word, at) => (at === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()))
    .join('');
  return joined
    .replace(/^[0-9]+/u, '')
    .replace(/^[A-Z]/u, (letter) => letter.toLowerCase())
    .slice(0, 40);
}
