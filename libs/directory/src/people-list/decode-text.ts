/** Text with line feeds alone, or why the bytes are none. */
export type Decoded = { readonly text: string } | { readonly problem: string };

/** Text as spreadsheets write it: UTF-8 or UTF-16 in either order of bytes, with a byte order mark or without one. */
export function decodeText(bytes: Uint8Array): Decoded {
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    return { text: text.replace(/\r\n?/g, '\n') };
  } catch {
    return { problem: 'The file is neither UTF-8 nor UTF-16. Save it as “CSV UTF-8” and try again.' };
  }
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Without a mark: names of columns are mostly of letters of which one byte is zero.
  const start = bytes.subarray(0, 512);
  const zeros = (odd: 0 | 1) => start.filter((byte, index) => index % 2 === odd && byte === 0).length;
  if (zeros(1) * 4 > start.length) return 'utf-16le';
  return zeros(0) * 4 > start.length ? 'utf-16be' : 'utf-8';
}
