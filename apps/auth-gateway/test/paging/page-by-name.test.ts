import { describe, expect, it } from '@jest/globals';
import { byName, type Named, pageByName } from '../../src/paging/page-by-name.ts';

const people = ['Zoë', 'ada', 'Ada', 'Émile', 'Bob', 'Ada'].map((name, n): Named => ({ learnerId: `lrn_${n}`, name }));

function pagesOf(items: readonly Named[], limit: number): Named[][] {
  const first = pageByName('people', items, { limit });
  const pages = [first.items];
  for (let { next } = first; next !== null;) {
    const page = pageByName('people', items, { limit, cursor: next });
    pages.push(page.items);
    next = page.next;
  }
  return pages;
}

describe('pageByName', () => {
  it.each([1, 2, 3, 10])('shows everybody once, %d at a time, as people look names up', (limit) => {
    const pages = pagesOf(people, limit);

    expect(pages.flat()).toEqual(people.toSorted(byName));
    expect(pages.flat().map(({ name }) => name.toLowerCase())).toEqual(['ada', 'ada', 'ada', 'bob', 'émile', 'zoë']);
    expect(pages.every(({ length }) => length <= limit)).toBe(true);
  });

  it('neither repeats nor hides anybody when others come in and go between two pages', () => {
    const { items, next } = pageByName('people', people, { limit: 4 });
    const others = people.filter(({ name }) => name !== 'Bob').concat({ learnerId: 'lrn_9', name: 'Aaron' });

    const later = pageByName('people', others, { limit: 4, cursor: next ?? '' });

    expect([...items, ...later.items]).toEqual(people.toSorted(byName));
    expect(later.next).toBeNull();
  });

  it('refuses a cursor of another list', () => {
    const { next } = pageByName('people', people, { limit: 1 });

    expect(() => pageByName('others', people, { limit: 1, cursor: next ?? '' })).toThrow(/none of this list/);
  });
});
