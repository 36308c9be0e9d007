import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultRules, mappingProblems, rulesOf, selectionProblem } from '../../src/index.ts';

const EXTENSION = 'extension_0123456789abcdef0123456789abcdef_costCentre';

const readsNothing = () => [];
const rule = (said: object = {}) => ({ field: 'jobTitle', from: 'city', apply: 'always', onEmpty: 'clear', ...said });
const problemsOf = (rules: object[], customFields: object[] = [{ id: 'costCentre', title: 'Cost centre' }]) =>
  mappingProblems({ rules, customFields }, readsNothing);

describe('a mapping that may be set', () => {
  it.each([
    ['nothing of its own', []],
    ['the default rules', defaultRules],
    ['a property for a standard field', [rule()]],
    ['a custom field', [rule({ field: 'customFields.costCentre', from: EXTENSION })]],
    ['a default', [rule({ onEmpty: 'default', default: 'Staff' })]],
    ['all extension attributes, by one', [rule({ from: 'onPremisesExtensionAttributes.extensionAttribute3' })]],
  ])('has %s', (_what, rules) => {
    expect(problemsOf([...rules])).toEqual([]);
  });
});

describe('a mapping that may not be set', () => {
  it.each([
    ['an unknown field', rule({ field: 'shoeSize' }), '"shoeSize": there is no such standard field'],
    [
      'a custom field that is not defined',
      rule({ field: 'customFields.other' }),
      '"customFields.other": the organisation defines no such custom field',
    ],
    ['a default that nothing asks for', rule({ default: 'x' }), 'a default needs onEmpty to be "default"'],
    ['no default', rule({ onEmpty: 'default' }), 'there is no default'],
    ['a blank default', rule({ onEmpty: 'default', default: '  ' }), 'there is no default'],
    [
      'a default that is no date',
      rule({ field: 'hireDate', onEmpty: 'default', default: 'soon' }),
      "the default doesn't fit: the value is no date such as 2026-11-25",
    ],
    ['a property of a single user', rule({ from: 'skills' }), 'Graph shows "skills" of a single user only'],
    ['the other hire date', rule({ from: 'hireDate' }), 'Graph shows "hireDate" of a single user only'],
    [
      'a property that needs a permission',
      rule({ from: 'employeeLeaveDateTime' }),
      '"employeeLeaveDateTime" needs the permission User-LifeCycleInfo.Read.All',
    ],
    [
      'one extension attribute',
      rule({ from: 'extensionAttribute1' }),
      'write onPremisesExtensionAttributes.extensionAttribute1',
    ],
    ['a property in another case', rule({ from: 'JobTitle' }), 'did you mean "jobTitle"?'],
    ['half an extension', rule({ from: 'extension_costCentre' }), 'is no property of users that can be selected'],
    ['a property that every object has', rule({ from: 'constructor' }), 'is no property of users'],
  ])('has %s', (_what, one, problem) => {
    const problems = problemsOf([one]);

    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(problems[0]).toContain(`the rule of "${one.field}"`);
  });

  it('has two rules of one field, or two custom fields of one id', () => {
    expect(problemsOf([rule(), rule()])).toEqual(['"jobTitle" has more than one rule']);
    const twice = [
      { id: 'a', title: 'A' },
      { id: 'a', title: 'B' },
    ];
    expect(problemsOf([], twice)).toEqual(['the custom field "a" is defined more than once']);
  });

  it('has an expression that reads a property that can not be selected, or that can not be read', () => {
    const mapping = { rules: [rule({ from: 'a & b' })], customFields: [] };

    expect(mappingProblems(mapping, () => ['city', 'skills'])).toEqual([expect.stringContaining('"skills"')]);
    const refuse = () => {
      throw new Error('half a word');
    };
    expect(mappingProblems(mapping, refuse)).toEqual(['the rule of "jobTitle": half a word']);
  });

  it.each([
    ['no rules', { customFields: [] }],
    ['a custom field that no event may have', { rules: [], customFields: [{ id: 'a.b', title: 'A' }] }],
    ['a field named like a part of every object', { rules: [], customFields: [{ id: '__proto__', title: 'A' }] }],
    ['something unknown besides', { rules: [], customFields: [], rule: [] }],
    ['a way of applying that there is not', { rules: [rule({ apply: 'sometimes' })], customFields: [] }],
    ['an expression without end', { rules: [rule({ from: 'a'.repeat(2001) })], customFields: [] }],
    [
      'too many custom fields',
      { rules: [], customFields: Array.from({ length: 51 }, (_, n) => ({ id: `a${n}`, title: 'A' })) },
    ],
  ])('has %s', (_what, mapping) => {
    expect(mappingProblems(mapping, readsNothing)).not.toEqual([]);
  });

  it('is told, never thrown, whatever somebody sends', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(mappingProblems(value, readsNothing).length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('the rules in force', () => {
  it('are the own ones, and the default ones of all other standard fields', () => {
    const own = { field: 'jobTitle', from: 'city', apply: 'create only', onEmpty: 'keep' } as const;

    expect(rulesOf({ rules: [own] })).toEqual([...defaultRules.filter(({ field }) => field !== 'jobTitle'), own]);
  });

  it('read by default what can be selected', () => {
    expect(defaultRules.map(({ from }) => selectionProblem(from))).toEqual(defaultRules.map(() => undefined));
  });
});
