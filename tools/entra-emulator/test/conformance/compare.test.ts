import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { differences } from '../../src/conformance/examples/compare.ts';
import { form } from '../../src/conformance/examples/form.ts';

const json = fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const bodies = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,8}$/).filter((name) => name !== 'date' && name !== 'id'),
  json,
  { minKeys: 1 },
);

describe('a comparison of an example with an answer', () => {
  it('finds nothing in an answer that equals the example', () => {
    fc.assert(fc.property(bodies, (body) => expect(differences(body, structuredClone(body))).toEqual([])));
  });

  it('finds a key that is missing, and one that is too many', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const [name = '', ...others] = Object.keys(body);
        const less = Object.fromEntries(others.map((other) => [other, body[other]]));

        expect(differences(body, less)).toEqual([`/${name} is missing`]);
        expect(differences(less, body)).toEqual([`/${name} is there`]);
      }),
    );
  });

  it('finds another value, another type and another length', () => {
    const example = { name: 'Jo', tags: ['a'], age: null };

    expect(differences(example, { name: 'Bo', tags: ['a'], age: null })).toEqual(['/name is "Bo", not "Jo"']);
    expect(differences(example, { name: 'Jo', tags: ['a'], age: 0 })).toEqual(['/age is 0, not null']);
    expect(differences(example, { name: 'Jo', tags: ['a', 'b'], age: null })).toEqual(['/tags has 2 items, not 1']);
    expect(differences(example, { name: 'Jo', tags: { 0: 'a' }, age: null })).toEqual([
      '/tags is {"0":"a"}, not ["a"]',
    ]);
  });

  it('finds another type of a value that is generated', () => {
    const rules = { forms: { '/id': form.text } };

    expect(differences({ id: 'a' }, { id: 'b' }, rules)).toEqual([]);
    expect(differences({ id: 7 }, { id: 'b' }, rules)).toEqual(['/id is "b", not 7']);
  });

  it('pairs the objects of a collection by their ids', () => {
    const example = {
      value: [
        { id: '1', name: 'one' },
        { id: '2', name: 'two' },
      ],
    };
    const [one, two] = example.value;

    expect(differences(example, { value: [two, one] })).toEqual([]);
    expect(differences(example, { value: [two, { ...one, name: 'uno' }] })).toEqual([
      '/value/*/name is "uno", not "one"',
    ]);
  });

  it('lets pass only what the rules of an example name', () => {
    const example = { value: [{ name: 'one' }] };
    const answer = { value: [{ name: 'one', type: 'a' }, { name: 'two' }], count: 2 };

    expect(differences(example, answer, { extra: ['/value/*/type'], shortened: ['/value'] })).toEqual([
      '/count is there',
    ]);
    expect(differences(example, answer, { extra: ['/count', '/value/*/type'], shortened: ['/value'] })).toEqual([]);
    expect(differences(example, { value: [] }, { shortened: ['/value'] })).toEqual(['/value has 0 items, not 1']);
  });
});

describe('the form of a generated value', () => {
  it.each([
    ['guid', '0B0BAAAE-f0b3-4645-867d-742d8fb669a2', 'an id'],
    ['utcTime', '2025-01-02T03:04:05.1234567Z', '2025-01-02T03:04:05+00:00'],
    ['offsetTime', '2025-01-02T03:04:05.914+00:00', '2025-01-02T03:04:05Z'],
    ['eTag', '"BA09D118"', 'BA09D118'],
    ['wholeNumber', 36, '36'],
    ['base64url', 'jS1Xo1OWDj_52vbwGNgvQO2VzMc', 'jS1Xo1OWDj/52vbwGNgvQO2VzMc='],
  ] as const)('%s is what it says', (name, good, bad) => {
    expect(form[name](good, undefined)).toBeUndefined();
    expect(form[name](bad, undefined)).toMatch(/^is .*, not /);
    expect(form[name](undefined, undefined)).toMatch(/^is nothing, not /);
  });

  it('of a link is the same address at the emulator, with a token of its own', () => {
    const example = 'https://graph.microsoft.com/v1.0/users/delta?$skiptoken=abc';

    expect(form.link('http://localhost:4100/v1.0/users/delta?$skiptoken=other', example)).toBeUndefined();
    expect(form.link('http://localhost:4100/v1.0/users/delta?$deltatoken=other', example)).toBeDefined();
    expect(form.link('http://localhost:4100/v1.0/groups/delta?$skiptoken=other', example)).toBeDefined();
    expect(form.link(example, example)).toBeDefined();
  });

  it('of the same time allows for fewer digits, not for another moment', () => {
    expect(form.sameUtcTime('2025-01-02T03:04:05.000Z', '2025-01-02T03:04:05.0000000Z')).toBeUndefined();
    expect(form.sameUtcTime('2025-01-02T03:04:06Z', '2025-01-02T03:04:05.0000000Z')).toBeDefined();
  });
});
