export type ImageMediaType = 'image/png' | 'image/jpeg' | 'image/gif';

/** What the bytes are, by their first ones; what a server calls them proves nothing. */
export function imageKind(bytes: Buffer): ImageMediaType | undefined {
  if (bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'image/png';
  if (bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))) return 'image/jpeg';
  return /^GIF8[79]a/.test(bytes.toString('latin1', 0, 6)) ? 'image/gif' : undefined;
}

/** The one-pixel GIF that Graph gives for a person without a photo (Graph, get profilePhoto). */
export function isPlaceholder(bytes: Buffer): boolean {
  if (imageKind(bytes) !== 'image/gif' || bytes.length < 10) return false;
  // GIF89a, section 18: the logical screen's width and height follow the signature.
  return bytes.readUInt16LE(6) === 1 && bytes.readUInt16LE(8) === 1;
}
