import { invalidODataRequest } from '../../protocol/refusals.ts';
import type { Literal } from './filter.ts';

/** A piece of a `$filter`. */
export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'mark'; readonly text: '(' | ')' | ',' | ':' };

// A quote inside a text is doubled. Dates and GUIDs are written without quotes.
const PIECE = new RegExp(
  [
    String.raw`\s*(?:('(?:[^']|'')*')`,
    String.raw`([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])`,
    String.raw`(\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)(?![\w:.+-])`,
    String.raw`(-?\d+(?:\.\d+)?)(?![\w-])`,
    String.raw`([a-z_][\w/@.$]*)`,
    String.raw`([(),:]))`,
  ].join('|'),
  'iy',
);

const constants: ReadonlyMap<string, Literal> = new Map<string, Literal>([
  ['true', { type: 'boolean', value: true }],
  ['false', { type: 'boolean', value: false }],
  ['null', { type: 'null', value: null }],
]);

/** Cuts a `$filter` into its pieces. */
export function filterTokens(text: string): Token[] {
  const tokens: Token[] = [];
  PIECE.lastIndex = 0;
  const end = text.trimEnd().length;
  while (PIECE.lastIndex < end) {
    const at = PIECE.lastIndex;
    const piece = PIECE.exec(text);
    if (piece === null)
      throw invalidODataRequest(
        `Invalid filter clause: Syntax error: character '${text.slice(at).trimStart().charAt(0)}' is not valid at position ${at} in '${text}'.`,
      );
    tokens.push(toToken(piece));
  }
  return tokens;
}

function toToken([, text, guid, date, number, word, mark]: RegExpExecArray): Token {
  if (text !== undefined)
    return { kind: 'literal', value: { type: 'text', value: text.slice(1, -1).replaceAll("''", "'") } };
  if (guid !== undefined) return { kind: 'literal', value: { type: 'guid', value: guid } };
  if (date !== undefined) return { kind: 'literal', value: { type: 'date', value: date } };
  if (number !== undefined) return { kind: 'literal', value: { type: 'number', value: Number(number) } };
  if (word !== undefined) {
    const constant = constants.get(word);
    return constant === undefined ? { kind: 'word', text: word } : { kind: 'literal', value: constant };
  }
  return { kind: 'mark', text: mark as '(' };
}
