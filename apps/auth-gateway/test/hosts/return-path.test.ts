import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { returnPath } from '../../src/hosts/return-path.ts';

const origin = 'https://acme.learnamp.com';

/** Where a browser would go from a page of `origin`, by its own rules for links and redirects. */
const destination = (path: string) => new URL(path, `${origin}/auth/complete`).origin;

describe('returnPath', () => {
  it('never leaves the origin, whatever is asked', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '//',
      '/\\',
      '\t',
      '\n',
      '%2f',
      '%5c',
      '%09',
      '@',
      ':',
      'evil.example',
      'http',
      '.',
      '?',
      '#',
      'a',
    );
    const nasty = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(''));

    fc.assert(
      fc.property(fc.oneof(nasty, fc.string(), fc.webUrl()), (asked) => {
        const path = returnPath(asked, origin);
        expect(destination(path)).toBe(origin);
        expect(destination(decodeURIComponent(path.replace(/%(?![0-9a-f]{2})/gi, '')))).toBe(origin);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps paths of the origin as they are', () => {
    const segment = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
    const path = fc
      .record({ segments: fc.array(segment, { minLength: 1, maxLength: 4 }), query: fc.option(segment) })
      .map(({ segments, query }) => `/${segments.join('/')}${query === null ? '' : `?q=${query}`}`);

    fc.assert(fc.property(path, (asked) => expect(returnPath(asked, origin)).toBe(asked)));
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 3],
    ['a list', ['/a', '/b']],
    ['an empty text', ''],
    ['a relative path', 'courses'],
    ['a path that climbs out', '/../..//evil.example'],
    ['a very long one', `/${'a'.repeat(3_000)}`],
  ])('is the home page for %s', (_name, asked) => {
    expect(returnPath(asked, origin)).toBe('/');
  });
});
