// Capitals with the small letters after them, small letters, digits, or one other sign. [^\p{Lu}\P{L}] is a letter that is
// no capital.
const PIECE = /\p{Lu}+[^\p{Lu}\P{L}]*|[^\p{Lu}\P{L}]+|\p{N}+|[^\s\p{L}\p{N}]/gu;

/** The pieces that Graph cuts a text into: at spaces, symbols, numbers, and where a small letter meets a capital. */
export function searchWords(text: string): string[] {
  return (text.match(PIECE) ?? []).map((piece) => piece.toLowerCase());
}

/** The pieces that a value is found by: also what symbols alone keep apart, written together. */
export function indexedWords(text: string): string[] {
  const together = text
    .split(/\s+/)
    .map((part) => part.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase())
    .filter((word) => word !== '');
  return [...searchWords(text), ...together];
}
