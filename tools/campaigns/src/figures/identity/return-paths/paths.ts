import fc from 'fast-check';

/** What is known to lead elsewhere in one browser or another, or past one check or another. */
const known = [
  '//evil.example',
  '///evil.example',
  '////evil.example',
  '/\\evil.example',
  '/\\/evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  'https://evil.example',
  'https:evil.example',
  'https:/evil.example',
  'http:///evil.example',
  'HTTPS://EVIL.EXAMPLE',
  'javascript:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r/evil.example',
  '\t//evil.example',
  ' //evil.example',
  '\u0000//evil.example',
  '\u00a0//evil.example',
  '/%09/evil.example',
  '/%0a/evil.example',
  '/%0d%0aLocation:%20https://evil.example',
  '/\r\nLocation: https://evil.example',
  '/%2fevil.example',
  '/%2Fevil.example',
  '/%5cevil.example',
  '/%5Cevil.example',
  '/%252fevil.example',
  '%2f%2fevil.example',
  '/..//evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/a/../..//evil.example',
  '/%2e%2e//evil.example',
  '/%2e//evil.example',
  '//evil.example/%2e%2e',
  '//evil.example\\@home',
  '/@evil.example',
  '@evil.example',
  '//@evil.example',
  '//home@evil.example',
  '.evil.example',
  ':80//evil.example',
  '/:@evil.example',
  '/;@evil.example',
  '//[::1]/',
  '//0x7f000001/',
  '//evil。example',
  '/／evil.example',
  '／／evil.example',
  '/\u2215evil.example',
  '//evil.example#/',
  '//evil.example?/',
  '?//evil.example',
  '#//evil.example',
  '',
  '.',
  '..',
] as const;

const pieces = fc.constantFrom(
  ...['/', '\\', '//', '/\\', '\t', '\n', '\r', ' ', '\u0000', '.', '..', '@', ':', ';', '?', '#', '&'],
  ...[
    '%2f',
    '%5c',
    '%09',
    '%0a',
    '%00',
    '%2e',
    '%252f',
    '%',
    'evil.example',
    'http',
    'https:',
    'javascript:',
    'a',
    '／',
  ],
);

const nasty = fc.oneof(
  fc.array(pieces, { minLength: 1, maxLength: 9 }).map((parts) => parts.join('')),
  fc.array(pieces, { minLength: 1, maxLength: 9 }).map((parts) => `/${parts.join('')}`),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.webUrl(),
);

const segment = fc.stringMatching(/^[A-Za-z0-9_~-]{1,12}$/);

/** Paths that everybody would agree on. */
const plain = fc
  .record({
    segments: fc.array(segment, { minLength: 1, maxLength: 4 }),
    query: fc.option(fc.tuple(segment, segment)),
    hash: fc.option(segment),
  })
  .map(({ segments, query, hash }) => {
    const search = query === null ? '' : `?${query[0]}=${query[1]}%20x`;
    return `/${segments.join('/')}${search}${hash === null ? '' : `#${hash}`}`;
  });

/** The known ones first, then drawn ones. */
export const nastyPaths = (count: number, seed: number): string[] =>
  [...known, ...fc.sample(nasty, { seed, numRuns: count })].slice(0, Math.max(count, known.length));

export const plainPaths = (count: number, seed: number): string[] => fc.sample(plain, { seed, numRuns: count });
