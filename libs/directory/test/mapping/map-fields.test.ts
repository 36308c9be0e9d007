import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Evaluated, fieldLengths, mapFields, type MappingRule, type StandardField } from '../../src/index.ts';
import { aPerson, noEvaluator } from '../person.ts';

const rule = (said: Partial<MappingRule> = {}): MappingRule => ({
  field: 'jobTitle',
  from: 'city',
  apply: 'always',
  onEmpty: 'clear',
  ...said,
});

const mapped = (said: Partial<MappingRule>, value: unknown) =>
  mapFields(aPerson({ city: value }), [rule(said)], noEvaluator);

describe('what becomes of a value', () => {
  it.each([
    ['a text', ' Leeds ', 'Leeds'],
    ['a number', 12.5, '12.5'],
    ['zero', 0, '0'],
    ['true', true, 'true'],
    ['false', false, 'false'],
    ['a list', ['a ', null, '', 7], 'a, 7'],
    ['an empty list', [], null],
    ['a list of blanks', [' ', null], null],
    ['null', null, null],
    ['a property that Graph left out', undefined, null],
  ])('%s becomes text or none', (_what, value, text) => {
    expect(mapped({}, value)).toMatchObject({ fields: { jobTitle: text }, problems: [] });
  });

  it.each([
    ['an object', { a: 1 }, 'the value is no text'],
    ['a list with an object', ['a', {}], 'the value is no text'],
    ['a list of lists', [['a']], 'the value is a list of lists'],
    ['no number', Number.NaN, 'the value is no text'],
    ['a text that is too long', 'x'.repeat(257), 'the value is longer than 256 characters'],
  ])('%s is a problem of its field alone', (_what, value, problem) => {
    const { fields, fieldRules, problems } = mapFields(
      aPerson({ city: value }),
      [rule(), rule({ field: 'location', from: 'officeLocation' })],
      noEvaluator,
    );

    expect(problems).toEqual([{ field: 'jobTitle', problem }]);
    expect(fieldRules.unreadable).toEqual(['jobTitle']);
    expect(fields).toMatchObject({ jobTitle: null, location: 'London' });
  });

  it.each([
    ['email', 'ada@contoso.example', 'ada@contoso.example'],
    ['email', 'no address', undefined],
    ['email', 'two@at@signs', undefined],
    ['hireDate', '2026-11-25', '2026-11-25'],
    ['hireDate', '2026-11-25T10:00:00Z', '2026-11-25'],
    ['hireDate', '25.11.2026', undefined],
    ['hireDate', '2026-02-30', undefined],
    ['hireDate', '2026-13-01T00:00:00Z', undefined],
  ])('%s takes "%s" as %s', (field, value, text) => {
    const { fields, problems } = mapped({ field }, value);

    expect(fields[field as StandardField]).toBe(text ?? null);
    expect(problems).toHaveLength(text === undefined ? 1 : 0);
  });

  it('reads no property that every object has', () => {
    for (const from of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(mapped({ from }, 'Leeds').fields.jobTitle).toBeNull();
    }
  });
});

describe('rules', () => {
  it('give the default where the directory says nothing, and only there', () => {
    const said = { onEmpty: 'default', default: 'Member of staff' } as const;

    expect(mapped(said, null).fields.jobTitle).toBe('Member of staff');
    expect(mapped(said, 'Countess').fields.jobTitle).toBe('Countess');
    expect(mapped(said, {}).fields.jobTitle).toBeNull();
  });

  it('ask the evaluator for expressions only, and take its failure for a problem of the field', () => {
    const asked: string[] = [];
    const evaluate = (expression: string): Evaluated => {
      asked.push(expression);
      return expression === '1 + ' ? { kind: 'failed', reason: 'it is half' } : { kind: 'value', value: 'Both' };
    };
    const rules = [
      rule({ from: 'a & b' }),
      rule({ field: 'location', from: '1 + ' }),
      rule({ field: 'customFields.a' }),
    ];

    const { fields, customFields, problems } = mapFields(aPerson({ city: 'Leeds' }), rules, evaluate);

    expect(asked).toEqual(['a & b', '1 + ']);
    expect(fields).toMatchObject({ jobTitle: 'Both', location: null });
    expect(customFields).toEqual({ a: 'Leeds' });
    expect(problems).toEqual([{ field: 'location', problem: 'it is half' }]);
  });

  it('say of each field what the rule says, whatever the rules are and whatever the directory has', () => {
    const fields = [...Object.keys(fieldLengths).filter((field) => field !== 'email' && field !== 'hireDate')];
    const custom = ['customFields.a', 'customFields.b1'];
    const value = fc.constantFrom<[unknown, string | null]>(
      ['x', 'x'],
      [' y ', 'y'],
      [3, '3'],
      ['', null],
      [null, null],
      [{}, 'unreadable'],
      ['z'.repeat(2000), 'unreadable'],
    );
    const said = fc.record({
      value,
      apply: fc.constantFrom('always' as const, 'create only' as const),
      onEmpty: fc.constantFrom('keep' as const, 'clear' as const, 'default' as const),
      default: fc.constant('d'),
      isExpression: fc.boolean(),
    });
    const everything = fc.record(Object.fromEntries([...fields, ...custom].map((field) => [field, said])), {
      requiredKeys: [],
    });

    fc.assert(
      fc.property(everything, (all) => {
        const entries = Object.entries(all).flatMap(([field, one]) => (one ? [{ field, ...one }] : []));
        const properties = Object.fromEntries(entries.map((one, at) => [`p${at}`, one.value[0]]));
        const rules = entries.map((one, at) => ({ ...one, from: one.isExpression ? `(p${at})` : `p${at}` }));
        const person = { ...aPerson(), properties };
        const evaluate = (expression: string): Evaluated => ({
          kind: 'value',
          value: properties[expression.slice(1, -1)],
        });

        const result = mapFields(person, rules, evaluate);

        const shown: Record<string, string | null> = {
          ...result.fields,
          ...Object.fromEntries(Object.entries(result.customFields).map(([id, text]) => [`customFields.${id}`, text])),
        };
        for (const {
          field,
          value: [, wanted],
          onEmpty,
          apply,
        } of entries) {
          const text = wanted === null && onEmpty === 'default' ? 'd' : wanted;
          expect(shown[field]).toBe(text === 'unreadable' ? null : text);
          expect(result.fieldRules.unreadable.includes(field)).toBe(wanted === 'unreadable');
          expect(result.fieldRules.keptWhenEmpty.includes(field)).toBe(onEmpty === 'keep');
          expect(result.fieldRules.createOnly.includes(field)).toBe(apply === 'create only');
        }
        const named = new Set(entries.map(({ field }) => field));
        for (const field of Object.keys(fieldLengths)) if (!named.has(field)) expect(shown[field]).toBeNull();
        expect(Object.keys(result.customFields)).toHaveLength(custom.filter((field) => named.has(field)).length);
      }),
    );
  });
});
