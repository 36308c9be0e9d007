import fc from 'fast-check';
import type { Draw } from '../../provisioning/simulation/draw.ts';

/** A validation token as it stands in the address, and what has to come back: undefined where it has to be refused. */
export interface Token {
  readonly query: string;
  readonly echo: string | undefined;
}

const LONGEST = 2_048;
const harmless = fc
  .string({ minLength: 1, maxLength: 200, unit: 'grapheme' })
  .filter((text) => !/[<>\p{Cc}]/u.test(text));
const drawn = <Value>(draw: Draw, from: fc.Arbitrary<Value>) =>
  fc.sample(from, { numRuns: 1, seed: draw.below(2 ** 31) })[0] as Value;

const escaped = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
/** Escapes what has to be, and nothing else (RFC 3986, query). */
const sparing = (text: string) =>
  encodeURIComponent(text).replaceAll(/%(2F|3F|3A|40|2C|3B|24|3D)/g, decodeURIComponent);
const asForms = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');
const writings = [encodeURIComponent, sparing, asForms, escaped];
const around = [
  'validationToken=*',
  'a=b&validationToken=*',
  'validationToken=*&c=d',
  'validationtoken=x&validationToken=*',
];

const good: readonly ((draw: Draw) => string)[] = [
  (draw) => drawn(draw, harmless),
  // As Graph's are: words, and escapes of its own that are to be decoded once.
  (draw) => `Validation: Testing client application reachability for subscription Request-Id: ${draw.below(10 ** 9)}`,
  (draw) => `${drawn(draw, harmless)}%3Cb%3E%2541+&=?#${draw.below(100)}`,
  (draw) => 'ü'.repeat(1 + draw.below(100)),
];

/** One that comes back exactly as it was before it was written into the address. */
export function goodToken(draw: Draw): Token {
  const echo = draw.from(good)?.(draw) ?? '';
  const written = (draw.from(writings) ?? encodeURIComponent)(echo);
  if (written.length > LONGEST) return goodToken(draw);
  return { query: (draw.from(around) ?? '').replace('*', () => written), echo };
}

const markup = ['<script>alert(1)</script>', '<b', 'a>b', '<!--', '<\u2028'];
const controls = ['\r\nset-cookie: a=b', '\n', '\u0000', '\u0085', '\u007f', '\t', '\u001b[0m'];

const hostile: readonly ((draw: Draw) => string)[] = [
  (draw) => `validationToken=${draw.from(writings)?.(`${drawn(draw, harmless)}${draw.from(markup) ?? ''}`) ?? ''}`,
  (draw) => `validationToken=${encodeURIComponent(`${draw.from(controls) ?? ''}${drawn(draw, harmless)}`)}`,
  (draw) => `validationToken=${encodeURIComponent(drawn(draw, harmless))}&validationToken=b`,
  () => 'validationToken=a&validationToken=a',
  () => 'validationToken=',
  () => 'validationToken',
  (draw) => `validationToken=${'a'.repeat(LONGEST + 1 + draw.below(3_000))}`,
  (draw) => `validationToken=abc${draw.from(['%', '%f', '%zz', '%ff', '%c3%28', '%ed%a0%80', '%u0041']) ?? ''}`,
];

/** One that is refused, and that nothing of comes back. */
export const hostileToken = (draw: Draw): Token => ({ query: draw.from(hostile)?.(draw) ?? '', echo: undefined });
