import { invalidODataRequest } from '../protocol/refusals.ts';
import type { Comparison, Filter, Literal } from './filter.ts';
import { filterTokens, type Token } from './filter-tokens.ts';

const comparisons: ReadonlySet<string> = new Set(['eq', 'ne', 'ge', 'le', 'gt', 'lt']);

/** Reads a `$filter`: comparisons, `in`, startswith and endswith, joined by and, or, not and brackets. */
export function parseFilter(text: string): Filter {
  const parser = new FilterParser(text);
  return parser.parse();
}

/** Recursive descent; `or` binds weakest, then `and`, then `not` (OData 4.01 URL conventions, 5.1.1.14). */
class FilterParser {
  readonly #text: string;
  readonly #tokens: Token[];
  #position = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = filterTokens(text);
  }

  parse(): Filter {
    const filter = this.#joined('or', () => this.#joined('and', () => this.#single()));
    if (this.#position < this.#tokens.length) throw this.#error();
    return filter;
  }

  #joined(kind: 'and' | 'or', next: () => Filter): Filter {
    const first = next();
    const operands = [first];
    while (this.#takeWord(kind)) operands.push(next());
    return operands.length === 1 ? first : { kind, operands };
  }

  #single(): Filter {
    if (this.#takeWord('not')) return { kind: 'not', operand: this.#single() };
    if (this.#takeMark('(')) {
      const inner = this.#joined('or', () => this.#joined('and', () => this.#single()));
      this.#needMark(')');
      return inner;
    }
    const word = this.#word();
    const name = word.toLowerCase();
    return name === 'startswith' || name === 'endswith' ? this.#call(name) : this.#comparison(word);
  }

  #call(name: 'startswith' | 'endswith'): Filter {
    this.#needMark('(');
    const property = this.#word();
    this.#needMark(',');
    const value = this.#literal();
    this.#needMark(')');
    if (typeof value !== 'string') throw this.#error();
    return { kind: 'call', name, property, value };
  }

  #comparison(property: string): Filter {
    const operator = this.#word().toLowerCase();
    if (operator === 'in') return { kind: 'in', property, values: this.#list() };
    if (!comparisons.has(operator)) throw this.#error();
    return { kind: 'compare', property, operator: operator as Comparison, value: this.#literal() };
  }

  #list(): Literal[] {
    this.#needMark('(');
    const values = [this.#literal()];
    while (this.#takeMark(',')) values.push(this.#literal());
    this.#needMark(')');
    return values;
  }

  #word(): string {
    const token = this.#tokens[this.#position++];
    if (token?.kind !== 'word') throw this.#error();
    return token.text;
  }

  #literal(): Literal {
    const token = this.#tokens[this.#position++];
    if (token?.kind !== 'literal') throw this.#error();
    return token.value;
  }

  #takeWord(text: string): boolean {
    const token = this.#tokens[this.#position];
    const taken = token?.kind === 'word' && token.text.toLowerCase() === text;
    if (taken) this.#position += 1;
    return taken;
  }

  #takeMark(text: string): boolean {
    const token = this.#tokens[this.#position];
    const taken = token?.kind === 'mark' && token.text === text;
    if (taken) this.#position += 1;
    return taken;
  }

  #needMark(text: string): void {
    if (!this.#takeMark(text)) throw this.#error();
  }

  #error(): Error {
    return invalidODataRequest(`Invalid filter clause: Syntax error in '${this.#text}'.`);
  }
}
