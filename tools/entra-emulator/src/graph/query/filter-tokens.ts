import { invalidODataRequest } from '../protocol/refusals.ts';
import type { Literal } from './filter.ts';

/** A piece of a `$filter`. */
export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'mark'; readonly text: '(' | ')' | ',' };

// A quote inside a text is doubled. A date is written without quotes.
const PIECE =
  /\s*(?:('(?:[^']|'')*')|(\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?)|(-?\d+(?:\.\d+)?)(?![\w-])|([A-Za-z_][\w/@.]*)|([(),]))/y;

const constants = new Map<string, Literal>([
  ['true', true],
  ['false', false],
  ['null', null],
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

function toToken([, text, date, number, word, mark]: RegExpExecArray): Token {
  if (text !== undefined) return { kind: 'literal', value: text.slice(1, -1).replaceAll("''", "'") };
  if (date !== undefined) return { kind: 'literal', value: date };
  if (number !== undefined) return { kind: 'literal', value: Number(number) };
  if (word !== undefined) {
    const constant = constants.get(word);
    return constant === undefined ? { kind: 'word', text: word } : { kind: 'literal', value: constant };
  }
  return { kind: 'mark', text: mark as '(' };
}
