import fc from 'fast-check';
import type { JsonObject } from '../../../src/json.ts';

/** A filter as somebody means it: a tree that can be written out and asked about a person, without any parser. */
export interface Meant {
  readonly text: string;
  readonly holds: (person: JsonObject) => boolean;
}

const words = ['Sales', 'sales', "O'Neil", 'A', 'ab', 'Abc', ''] as const;
const texts = fc.constantFrom(...words);
const moments = fc.constantFrom('2024-01-01T00:00:00Z', '2024-01-01T01:00:00+01:00', '2025-06-30T12:00:00Z');
const skus = fc.constantFrom('aaaaaaaa-0000-4000-8000-000000000001', 'AAAAAAAA-0000-4000-8000-000000000002');
const textProperty = fc.constantFrom('department', 'companyName', 'city', 'jobTitle');

/** A person with some of the properties that the filters ask about. */
export const people: fc.Arbitrary<JsonObject> = fc.record(
  {
    department: fc.option(texts),
    companyName: texts,
    city: texts,
    jobTitle: fc.option(texts),
    accountEnabled: fc.boolean(),
    createdDateTime: moments,
    businessPhones: fc.array(texts, { maxLength: 3 }),
    assignedLicenses: fc.array(
      fc.record({ skuId: skus }).map(({ skuId }): JsonObject => ({ skuId })),
      { maxLength: 2 },
    ),
    employeeOrgData: fc.record({ division: texts }).map(({ division }): JsonObject => ({ division })),
  },
  { requiredKeys: [] },
);

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const lower = (value: unknown): string | undefined => (typeof value === 'string' ? value.toLowerCase() : undefined);

function anyCase(text: string): fc.Arbitrary<string> {
  return fc.constantFrom(text, text.toLowerCase(), text.toUpperCase());
}

const equality: fc.Arbitrary<Meant> = fc
  .tuple(textProperty, anyCase('eq'), fc.option(texts), fc.boolean())
  .map(([name, eq, value, negative]) => ({
    text: `${name} ${negative ? 'ne' : eq} ${value === null ? 'null' : quoted(value)}`,
    holds: (person) => ((lower(person[name]) ?? null) === (lower(value) ?? null)) !== negative,
  }));

const nested: fc.Arbitrary<Meant> = texts.map((value) => ({
  text: `employeeOrgData/division eq ${quoted(value)}`,
  holds: ({ employeeOrgData }) => lower((employeeOrgData as JsonObject | undefined)?.['division']) === lower(value),
}));

const order: fc.Arbitrary<Meant> = fc
  .tuple(fc.constantFrom('department', 'companyName'), fc.constantFrom('ge', 'le'), texts)
  .map(([name, operator, value]) => ({
    text: `${name} ${operator} ${quoted(value)}`,
    holds(person) {
      const own = lower(person[name]);
      if (own === undefined) return false;
      return operator === 'ge' ? own >= value.toLowerCase() : own <= value.toLowerCase();
    },
  }));

const date: fc.Arbitrary<Meant> = fc.tuple(fc.constantFrom('eq', 'ge', 'le'), moments).map(([operator, value]) => ({
  text: `createdDateTime ${operator} ${value}`,
  holds({ createdDateTime }) {
    if (typeof createdDateTime !== 'string') return false;
    const difference = new Date(createdDateTime).getTime() - new Date(value).getTime();
    return operator === 'eq' ? difference === 0 : operator === 'ge' ? difference >= 0 : difference <= 0;
  },
}));

const flag: fc.Arbitrary<Meant> = fc.boolean().map((value) => ({
  text: `accountEnabled eq ${String(value)}`,
  holds: ({ accountEnabled }) => accountEnabled === value,
}));

const list: fc.Arbitrary<Meant> = fc
  .tuple(textProperty, fc.array(texts, { minLength: 1, maxLength: 3 }))
  .map(([name, values]) => ({
    text: `${name} in (${values.map(quoted).join(', ')})`,
    holds: (person) => values.some((value) => lower(person[name]) === value.toLowerCase()),
  }));

const start: fc.Arbitrary<Meant> = fc
  .tuple(fc.constantFrom('startsWith', 'startswith', 'STARTSWITH'), textProperty, texts)
  .map(([call, name, value]) => ({
    text: `${call}(${name}, ${quoted(value)})`,
    holds: (person) => lower(person[name])?.slice(0, value.length) === value.toLowerCase(),
  }));

const phone: fc.Arbitrary<Meant> = fc.tuple(anyCase('any'), texts).map(([any, value]) => ({
  text: `businessPhones/${any}(p:p eq ${quoted(value)})`,
  holds: ({ businessPhones }) => ((businessPhones as string[] | undefined) ?? []).map(lower).includes(lower(value)),
}));

const license: fc.Arbitrary<Meant> = skus.map((sku) => ({
  text: `assignedLicenses/any(x:x/skuId eq ${sku})`,
  holds: ({ assignedLicenses }) =>
    ((assignedLicenses as JsonObject[] | undefined) ?? []).map(({ skuId }) => lower(skuId)).includes(lower(sku)),
}));

const count: fc.Arbitrary<Meant> = fc.tuple(fc.constantFrom(0, 1), fc.boolean()).map(([number, negative]) => ({
  text: `assignedLicenses/$count ${negative ? 'ne' : 'eq'} ${number}`,
  holds: ({ assignedLicenses = [] }) => ((assignedLicenses as JsonObject[]).length === number) !== negative,
}));

/** A filter of a few comparisons, with the precedence that its brackets, or none, give it. */
export const meantFilters: fc.Arbitrary<Meant> = fc.letrec<{ or: Meant; and: Meant; term: Meant }>((tie) => ({
  or: fc.oneof(
    tie('and'),
    joined(tie('and'), 'or', (holds) => holds.some(Boolean)),
  ),
  and: fc.oneof(
    tie('term'),
    joined(tie('term'), 'and', (holds) => holds.every(Boolean)),
  ),
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(equality, nested, order, date, flag, list, start, phone, license, count),
    bracketed(tie('or')),
    negated(tie('or')),
  ),
})).or;

function joined(
  part: fc.Arbitrary<Meant>,
  operator: 'and' | 'or',
  combine: (holds: boolean[]) => boolean,
): fc.Arbitrary<Meant> {
  return fc.tuple(fc.array(part, { minLength: 2, maxLength: 3 }), anyCase(operator)).map(([parts, written]) => ({
    text: parts.map(({ text }) => text).join(` ${written} `),
    holds: (person) => combine(parts.map((one) => one.holds(person))),
  }));
}

function bracketed(inner: fc.Arbitrary<Meant>): fc.Arbitrary<Meant> {
  return inner.map(({ text, holds }) => ({ text: `( ${text} )`, holds }));
}

function negated(inner: fc.Arbitrary<Meant>): fc.Arbitrary<Meant> {
  return fc.tuple(anyCase('not'), inner).map(([not, { text, holds }]) => ({
    text: `${not}(${text})`,
    holds: (person) => !holds(person),
  }));
}
