import type { PhotoDocument } from '@learnamp/learners';

const beginnings = [
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
  ['image/gif', '474946383961'],
  ['image/gif', '474946383761'],
] as const;

/** What kind of image these bytes begin, whatever somebody calls it; undefined for anything that isn't shown. */
export const mediaTypeOf = (bytes: Buffer): NonNullable<PhotoDocument['mediaType']> | undefined =>
  beginnings.find(([, beginning]) => bytes.toString('hex', 0, beginning.length / 2) === beginning)?.[0];
