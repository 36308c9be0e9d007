import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject } from '../../../src/json.ts';
import { GraphError } from '../../../src/graph/protocol/graph-error.ts';
import { checkFilter } from '../../../src/graph/query/filter/check-filter.ts';
import { filterTarget } from '../../../src/graph/query/filter/filter-target.ts';
import { matchesFilter } from '../../../src/graph/query/filter/matches-filter.ts';
import { parseFilter } from '../../../src/graph/query/filter/parse-filter.ts';
import { propertyValue } from '../../../src/graph/query/property-value.ts';
import { meantFilters, people } from './written-filter.ts';

function passes(text: string, person: JsonObject): boolean {
  const filter = checkFilter(parseFilter(text), filterTarget(['user']), true);
  return matchesFilter(filter, (path) => propertyValue({ properties: person }, path));
}

describe('a filter of users', () => {
  it('lets through whom its author means', () => {
    fc.assert(
      fc.property(meantFilters, fc.array(people, { minLength: 1, maxLength: 8 }), (meant, several) => {
        fc.pre((meant.text.match(/\b(eq|ne|ge|le|in|startswith)\b|,/gi) ?? []).length <= 15);
        for (const person of several) expect(passes(meant.text, person)).toBe(meant.holds(person));
      }),
      { numRuns: 1000 },
    );
  });

  it('is understood or refused, whatever is written', () => {
    const pieces = fc.constantFrom(
      ...[
        "'a'",
        'mail',
        'eq',
        'not',
        '(',
        ')',
        'and',
        'any(',
        ':',
        ',',
        '/',
        'in',
        'null',
        '1',
        '2024-01-01',
        '$',
        '§',
      ],
    );
    const written = fc.oneof(
      fc.array(pieces, { maxLength: 20 }).map((list) => list.join(' ')),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(written, (text) => {
        try {
          checkFilter(parseFilter(text), filterTarget(['user']), true);
        } catch (error) {
          expect(error).toBeInstanceOf(GraphError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is refused when its brackets would go on for ever', () => {
    expect(() => parseFilter(`${'('.repeat(10_000)}mail eq 'a'`)).toThrow('Recursion depth');
  });

  it.each([
    ["DEPARTMENT eq 'sales'", true],
    ["startswith(department,'SA')", true],
    ['createdDateTime ge 2024-01-01', true],
    ["department in ('HR','Sales')", true],
    ["onPremisesExtensionAttributes/extensionAttribute1 eq 'x'", false],
  ])('finds by %s: %s', (text, expected) => {
    expect(passes(text, { department: 'Sales', createdDateTime: '2024-02-01T00:00:00Z' })).toBe(expected);
  });
});
