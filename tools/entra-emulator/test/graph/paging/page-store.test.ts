import { describe, expect, it } from '@jest/globals';
import { PageStore } from '../../../src/graph/paging/page-store.ts';

describe('the states behind page tokens', () => {
  it('are found by their token until they expire', () => {
    let now = 0;
    const store = new PageStore<string>(1000, () => new Date(now));
    const token = store.issue('a');

    now = 999;
    const before = store.read(token);
    now = 1000;

    expect([before, store.read(token), store.read('other')]).toEqual(['a', undefined, undefined]);
  });

  it('expire early, the oldest first, when they hold too many ids together', () => {
    const store = new PageStore<string>(1000, () => new Date(0));
    const tokens = ['a', 'b', 'c'].map((state) => store.issue(state, 2_000_000));

    expect(tokens.map((token) => store.read(token))).toEqual([undefined, 'b', 'c']);
  });

  it('keep the newest however much it holds', () => {
    const store = new PageStore<string>(1000, () => new Date(0));

    expect(store.read(store.issue('a', 100_000_000))).toBe('a');
  });
});
