import { invalidODataRequest } from '../../protocol/refusals.ts';
import { filterTokens, type Token } from './filter-tokens.ts';
import type { Literal } from './filter.ts';

type Mark = '(' | ')' | ',' | ':';

/** Hands out the pieces of a `$filter` one by one: `take` looks whether it is next, `need` refuses when it is not. */
export class TokenReader {
  readonly #text: string;
  readonly #tokens: Token[];
  #position = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = filterTokens(text);
  }

  /** The present piece, without taking it. */
  peek(): Token | undefined {
    return this.#tokens[this.#position];
  }

  /** A word in any case. */
  takeWord(text: string): boolean {
    const token = this.peek();
    return this.#advanceIf(token?.kind === 'word' && token.text.toLowerCase() === text);
  }

  takeMark(text: Mark): boolean {
    const token = this.peek();
    return this.#advanceIf(token?.kind === 'mark' && token.text === text);
  }

  needMark(text: Mark): void {
    if (!this.takeMark(text)) throw this.error();
  }

  needWord(): string {
    const token = this.#tokens[this.#position++];
    if (token?.kind !== 'word') throw this.error();
    return token.text;
  }

  needLiteral(): Literal {
    const token = this.#tokens[this.#position++];
    if (token?.kind !== 'literal') throw this.error();
    return token.value;
  }

  needEnd(): void {
    if (this.#position < this.#tokens.length) throw this.error();
  }

  error(): Error {
    return invalidODataRequest(`Invalid filter clause: Syntax error in '${this.#text}'.`);
  }

  #advanceIf(found: boolean): boolean {
    if (found) this.#position += 1;
    return found;
  }
}
