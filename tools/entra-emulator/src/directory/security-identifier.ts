/** The SID that Entra derives from an object's id: its four parts of 32 bits, as Windows stores a GUID. */
export function securityIdentifier(id: string): string {
  const hex = id.replaceAll('-', '');
  const bytes = Buffer.from(hex, 'hex');
  // The first three groups of a GUID are stored with their bytes reversed.
  const first = bytes.readUInt32BE(0);
  const second = bytes.readUInt16BE(6) * 0x1_0000 + bytes.readUInt16BE(4);
  return `S-1-12-1-${first}-${second}-${bytes.readUInt32LE(8)}-${bytes.readUInt32LE(12)}`;
}
