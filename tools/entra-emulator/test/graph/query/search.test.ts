import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { searchTest } from '../../../src/graph/query/search/matches-search.ts';
import { parseSearch } from '../../../src/graph/query/search/parse-search.ts';
import { searchWords } from '../../../src/graph/query/search/search-words.ts';

const finds = (search: string, displayName: string): boolean =>
  searchTest(parseSearch(search))((property) => (property === 'displayName' ? displayName : undefined));

describe('the words of a search', () => {
  it.each([
    ['hello world', ['hello', 'world']],
    ['HelloWorld', ['hello', 'world']],
    ['helloWORLD', ['hello', 'world']],
    ['HELLOworld', ['helloworld']],
    ['HelloWORld', ['hello', 'world']],
    ['hello.world', ['hello', '.', 'world']],
    ['hello123world', ['hello', '123', 'world']],
  ])('of %s are %j', (text, expected) => {
    expect(searchWords(text)).toEqual(expected);
  });

  it('are found by how they begin, in any order and any case', () => {
    const word = fc.stringMatching(/^[a-z]{3,8}$/);
    const cut = fc.tuple(word, fc.nat({ max: 7 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 5 }), fc.constantFrom(' ', '-', '. '), (cuts, between) => {
        const name = cuts.map(([full]) => full).join(between);
        const asked = cuts.toReversed().map(([full, n, loud]) => {
          const start = full.slice(0, 1 + (n % full.length));
          return loud ? start.toUpperCase() : start;
        });
        expect(finds(`"displayName:${asked.join(' ')}"`, name)).toBe(true);
      }),
    );
  });

  it.each([
    ['李四(David Li)', '李四', true],
    ['李四(David Li)', 'Li 李', true],
    ['李四(David Li)', 'David)', true],
    ['hello-world', 'helloworld', true],
    ['Guthrie', 'guthr', true],
    ['Guthrie', 'uthr', false],
    ['OneVideo', 'video', true],
    ['One Video', 'OneVideo', true],
  ])('of %s are looked up by "%s": %s', (name, asked, expected) => {
    expect(finds(`"displayName:${asked}"`, name)).toBe(expected);
  });
});

describe('a search', () => {
  it('joins clauses by AND, OR and brackets, AND first', () => {
    const either = '"displayName:one" OR "displayName:two" AND "displayName:three"';

    expect([finds(either, 'one'), finds(either, 'two'), finds(either, 'two three')]).toEqual([true, false, true]);
    expect(finds('("displayName:one" OR "displayName:two") AND "displayName:three"', 'one')).toBe(false);
  });

  it('takes quotes and backslashes that are escaped', () => {
    expect(finds(String.raw`"displayName:\"one\" \\"`, String.raw`say "one" \ two`)).toBe(true);
  });

  it.each([
    'displayName:one',
    '"one"',
    '"displayName:"',
    '"displayName:a" and "displayName:b"',
    '("displayName:a"',
    '',
  ])('that says %s is refused', (search) => {
    expect(() => parseSearch(search)).toThrow();
  });
});
