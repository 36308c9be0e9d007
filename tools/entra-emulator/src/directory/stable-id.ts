import { createHash } from 'node:crypto';

/** A GUID that the same text always gives, so that files and tests can be repeated. */
export function stableId(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  // Version 8 (RFC 9562, 5.8): the form for ids made from something else than time or chance.
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
