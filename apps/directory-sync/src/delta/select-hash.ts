import { createHash } from 'node:crypto';

/** Digest of the selected properties of a delta link: the order in which they are named makes no other. */
export const selectHash = (properties: readonly string[]): string =>
  createHash('sha256')
    .update([...properties].sort().join())
    .digest('hex')
    .slice(0, 16);
