import type { PhotoDocument } from './photo-model.ts';

type MediaType = NonNullable<PhotoDocument['mediaType']>;

/** How each kind of image begins, in hexadecimal. */
const beginnings: readonly (readonly [MediaType, RegExp])[] = [
  ['image/png', /^89504e470d0a1a0a/],
  ['image/jpeg', /^ffd8ff/],
  ['image/gif', /^47494638(37|39)61/],
  // RIFF, the length, WEBP.
  ['image/webp', /^52494646.{8}57454250/],
];

const LONGEST_BEGINNING = 12;

/** What kind of image these bytes begin, whatever somebody calls it; undefined for anything that isn't shown. */
export function mediaTypeOf(bytes: Buffer): MediaType | undefined {
  const beginning = bytes.toString('hex', 0, LONGEST_BEGINNING);
  return beginnings.find(([, kind]) => kind.test(beginning))?.[0];
}
