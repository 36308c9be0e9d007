import type { JsonValue } from '../../../json.ts';
import type { Search } from './search.ts';
import { indexedWords, searchWords } from './search-words.ts';

/** The properties that are cut into words. Any other is found by how it begins. */
const wordProperties: ReadonlySet<string> = new Set(['displayName', 'description']);

type ValueOf = (property: string) => JsonValue | undefined;

/** Makes a test of a `$search`, so that its words are cut once. */
export function searchTest(search: Search): (valueOf: ValueOf) => boolean {
  if (search.kind === 'clause') return clauseTest(search.property, search.text);
  const tests = search.operands.map(searchTest);
  return search.kind === 'and'
    ? (valueOf) => tests.every((test) => test(valueOf))
    : (valueOf) => tests.some((test) => test(valueOf));
}

function clauseTest(property: string, text: string): (valueOf: ValueOf) => boolean {
  const wanted = wordProperties.has(property) ? searchWords(text) : undefined;
  const start = text.toLowerCase();
  return (valueOf) => {
    const values = [valueOf(property)].flat().filter((value) => typeof value === 'string');
    return wanted === undefined
      ? values.some((value) => value.toLowerCase().startsWith(start))
      : values.some((value) => hasWords(value, wanted));
  };
}

function hasWords(value: string, wanted: readonly string[]): boolean {
  const words = indexedWords(value);
  return wanted.every((start) => words.some((word) => word.startsWith(start)));
}
