/** Named keys of 32 bytes; the first one seals and signs, all of them open and verify. */
export interface KeyRing {
  readonly current: { readonly id: string; readonly key: Buffer };
  readonly find: (id: string) => Buffer | undefined;
}

const KEY = /^([A-Za-z0-9]{1,8}):([A-Za-z0-9_-]{43})$/;

/**
 * Reads `id:key,id:key,…`, each key 32 bytes in base64url, the current one first.
 * @throws TypeError that names the position, never the content.
 */
export function parseKeyRing(text: string): KeyRing {
  const entries = text.split(',').map((part, index) => {
    const match = KEY.exec(part.trim());
    if (!match) throw new TypeError(`key ${index + 1} is not written as id:base64url of 32 bytes`);
    return { id: match[1] ?? '', key: Buffer.from(match[2] ?? '', 'base64url') };
  });
  const [current] = entries;
  if (!current) throw new TypeError('a key ring needs at least one key');
  return { current, find: (id) => entries.find((entry) => entry.id === id)?.key };
}
