import { badRequest, invalidODataRequest } from '../../protocol/refusals.ts';
import type { Search } from './search.ts';

// A clause stands in double quotes; quotes and backslashes inside are escaped. AND and OR are written in capitals.
const PIECE = /\s*(?:"((?:[^"\\]|\\.)*)"|(AND|OR)(?![\w"])|([()]))/y;

type Token = { readonly clause: string } | { readonly mark: string };

/** Reads a `$search`: `"displayName:room" AND ("mail:room" OR "description:big")`. `AND` binds closer than `OR`. */
export function parseSearch(text: string): Search {
  const tokens = searchTokens(text);
  let position = 0;
  const take = (mark: string): boolean => {
    const token = tokens[position];
    const found = token !== undefined && 'mark' in token && token.mark === mark;
    if (found) position += 1;
    return found;
  };

  function joined(kind: 'and' | 'or', next: () => Search): Search {
    const first = next();
    const operands = [first];
    while (take(kind.toUpperCase())) operands.push(next());
    return operands.length === 1 ? first : { kind, operands };
  }

  function term(): Search {
    if (take('(')) {
      const inner = joined('or', () => joined('and', term));
      if (!take(')')) throw syntaxError(text, text.length);
      return inner;
    }
    const token = tokens[position++];
    if (token === undefined || !('clause' in token)) throw syntaxError(text, text.length);
    return toClause(token.clause);
  }

  const search = joined('or', () => joined('and', term));
  if (position < tokens.length) throw syntaxError(text, text.length);
  return search;
}

function searchTokens(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < end) {
    const at = PIECE.lastIndex;
    const [, clause, operator, bracket = ''] = PIECE.exec(text) ?? [];
    if (clause === undefined && operator === undefined && bracket === '') throw syntaxError(text, at);
    tokens.push(clause === undefined ? { mark: operator ?? bracket } : { clause: clause.replace(/\\(.)/g, '$1') });
  }
  return tokens;
}

function toClause(clause: string): Search {
  const [, property, text] = /^\s*(\w+)\s*:(.*)$/s.exec(clause) ?? [];
  if (property === undefined || text === undefined || text.trim() === '')
    throw badRequest(`Invalid $search clause '${clause}': it must have the form "property:text".`);
  return { kind: 'clause', property, text: text.trim() };
}

function syntaxError(text: string, at: number): Error {
  const character = text.slice(at).trimStart().charAt(0);
  return invalidODataRequest(
    character === ''
      ? `Syntax error at position ${at} in '${text}'.`
      : `Syntax error: character '${character}' is not valid at position ${at} in '${text}'.`,
  );
}
