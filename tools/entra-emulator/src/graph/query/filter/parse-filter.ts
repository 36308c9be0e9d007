import { badRequest, invalidODataRequest, unsupportedQuery } from '../../protocol/refusals.ts';
import type { Comparison, Condition, Filter, Literal, Path, TextFunction } from './filter.ts';
import { TokenReader } from './token-reader.ts';

const comparisons: ReadonlySet<string> = new Set(['eq', 'ne', 'ge', 'le', 'gt', 'lt']);
const textFunctions: ReadonlySet<string> = new Set(['startswith', 'endswith', 'contains']);

// What OData has and the directory does not.
const otherOperators = new Set('add sub mul div divby mod has'.split(' '));
const otherFunctions = new Set(
  (
    'concat indexof length substring matchespattern tolower toupper trim substringof day date fractionalseconds hour ' +
    'maxdatetime mindatetime minute month now second time totaloffsetminutes totalseconds year ceiling floor round ' +
    'cast isof case hassubset hassubsequence'
  ).split(' '),
);

const MAX_DEPTH = 100;

/** Reads a `$filter`, or refuses it in the words of OData. Whether the properties exist is checked later. */
export function parseFilter(text: string): Filter {
  return new FilterParser(text).parse();
}

/** Recursive descent; `or` binds weakest, then `and`, then `not` (OData 4.01 URL conventions, 5.1.1.14). */
class FilterParser {
  readonly #tokens: TokenReader;
  /** The name before the colon, while inside of `any`. */
  #variable: string | undefined;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = new TokenReader(text);
  }

  parse(): Filter {
    const filter = this.#expression();
    this.#tokens.needEnd();
    return filter;
  }

  #expression(): Filter {
    if (++this.#depth > MAX_DEPTH) throw invalidODataRequest('Invalid filter clause: Recursion depth exceeded.');
    const filter = this.#joined('or', () => this.#joined('and', () => this.#term()));
    this.#depth -= 1;
    return filter;
  }

  #joined(kind: 'and' | 'or', next: () => Filter): Filter {
    const first = next();
    const operands = [first];
    while (this.#tokens.takeWord(kind)) operands.push(next());
    return operands.length === 1 ? first : { kind, operands };
  }

  #term(): Filter {
    if (this.#tokens.takeWord('not')) return { kind: 'not', operand: this.#negated() };
    if (!this.#tokens.takeMark('(')) return this.#condition();
    const inner = this.#expression();
    this.#tokens.needMark(')');
    return inner;
  }

  /** `not` binds closer than `eq`: a comparison after it wants brackets. */
  #negated(): Filter {
    const bracketed = this.#tokens.peek()?.kind === 'mark';
    const operand = this.#term();
    if (!bracketed && ['compare', 'in', 'count'].includes(operand.kind))
      throw invalidODataRequest(
        "Invalid filter clause: A unary operator with an incompatible type was detected for operator kind 'Not'.",
      );
    return operand;
  }

  #condition(): Filter {
    const word = this.#tokens.needWord();
    if (this.#tokens.takeMark('(')) {
      const collection = /^(.+)\/(any|all)$/i.exec(word);
      return collection ? this.#lambda(collection[1] ?? '', collection[2] ?? '') : this.#call(word);
    }
    const counted = /^(.+)\/\$count$/i.exec(word);
    return counted ? this.#count(this.#path(counted[1] ?? '')) : this.#comparison(this.#path(word));
  }

  #lambda(word: string, operator: string): Filter {
    if (operator.toLowerCase() === 'all' || this.#variable !== undefined) throw unsupportedQuery();
    const path = this.#path(word);
    this.#variable = this.#tokens.needWord();
    this.#tokens.needMark(':');
    const item = this.#expression();
    this.#variable = undefined;
    this.#tokens.needMark(')');
    return { kind: 'any', path, item };
  }

  #call(word: string): Condition {
    const name = word.toLowerCase();
    if (otherFunctions.has(name)) throw unsupportedQuery();
    if (!textFunctions.has(name)) {
      throw invalidODataRequest(
        `Invalid filter clause: An unknown function with name '${word}' was found. This may also be a function import or a key lookup on a navigation property, which is not allowed.`,
      );
    }
    const path = this.#path(this.#tokens.needWord());
    this.#tokens.needMark(',');
    const value = this.#tokens.needLiteral();
    this.#tokens.needMark(')');
    if (value.type !== 'text') {
      throw invalidODataRequest(
        `Invalid filter clause: No function signature for the function with name '${name}' matches the specified arguments.`,
      );
    }
    return { kind: 'call', name: name as TextFunction, path, value };
  }

  #comparison(path: Path): Condition {
    const operator = this.#tokens.needWord().toLowerCase();
    if (otherOperators.has(operator)) throw unsupportedQuery();
    if (operator === 'in') return { kind: 'in', path, values: this.#list() };
    if (!comparisons.has(operator)) throw this.#tokens.error();
    return { kind: 'compare', path, operator: operator as Comparison, value: this.#tokens.needLiteral() };
  }

  #count(path: Path): Filter {
    const comparison = this.#comparison(path);
    if (comparison.kind !== 'compare' || comparison.value.type !== 'number')
      throw badRequest('$count is not currently supported.');
    return { kind: 'count', path, operator: comparison.operator, value: comparison.value.value };
  }

  #list(): Literal[] {
    this.#tokens.needMark('(');
    const values = [this.#tokens.needLiteral()];
    while (this.#tokens.takeMark(',')) values.push(this.#tokens.needLiteral());
    this.#tokens.needMark(')');
    return values;
  }

  /** Inside of `any`, names begin with the variable, which the path leaves out. */
  #path(word: string): Path {
    if (this.#variable === undefined) return word;
    if (word === this.#variable) return '';
    if (word.startsWith(`${this.#variable}/`)) return word.slice(this.#variable.length + 1);
    throw unsupportedQuery();
  }
}
