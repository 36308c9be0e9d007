import { createHash } from 'node:crypto';

/** The same GUID for the same words, at every start: for objects that the directory file does not spell out. */
export function stableGuid(...words: readonly string[]): string {
  const hex = createHash('sha256').update(words.join('\n')).digest('hex');
  // RFC 9562, 5.8: version 8 (custom), variant 10.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
