import { isDeepStrictEqual } from 'node:util';
import { at } from '../check-fact.ts';
import type { Fact, FactAnswer } from '../fact.ts';
import type { FactRequest, FactWorld } from '../fact-world.ts';

type Headers = NonNullable<FactRequest['headers']>;

/** Follows nextLinks to the end of a round. The answer is the last page, with the rows of all and how many they were. */
export async function round(world: FactWorld, start: string, headers: Headers = {}): Promise<FactAnswer> {
  const rows: unknown[] = [];
  for (let link = start, pages = 1; ; pages += 1) {
    const page = await world.call('GET', link, { headers });
    const value = at(page.body, 'value');
    if (page.status !== 200 || !Array.isArray(value)) return page;
    rows.push(...(value as unknown[]));
    const next = at(page.body, '@odata\\.nextLink');
    if (typeof next !== 'string') return { ...page, body: { ...(page.body as object), value: rows, pages } };
    link = next;
  }
}

/** The deltaLink of a round. */
export function deltaLink(answer: FactAnswer): string {
  const link = at(answer.body, '@odata\\.deltaLink');
  if (typeof link !== 'string') throw new Error(`no deltaLink: ${answer.status} ${JSON.stringify(answer.body)}`);
  return link;
}

/** The nextLink of a page. */
export function nextLink(answer: FactAnswer): string {
  const link = at(answer.body, '@odata\\.nextLink');
  if (typeof link !== 'string') throw new Error(`no nextLink: ${answer.status} ${JSON.stringify(answer.body)}`);
  return link;
}

/** Asks for a whole round. */
export function whole(start: string): Fact['ask'] {
  return (world) => round(world, start);
}

/** Asks what a deltaLink says after something was done. */
export function after(start: string, act: (world: FactWorld) => Promise<unknown>, headers: Headers = {}): Fact['ask'] {
  return async (world) => {
    const link = deltaLink(await round(world, start));
    await act(world);
    return round(world, link, headers);
  };
}

/** Rows of a round about one object. */
export function rowsOf({ body }: FactAnswer, id: string): Readonly<Record<string, unknown>>[] {
  const value = at(body, 'value');
  return Array.isArray(value) ? (value as Record<string, unknown>[]).filter((row) => row['id'] === id) : [];
}

/** Checks that a round has exactly these rows about an object. */
export function says(id: string, ...expected: readonly object[]): NonNullable<Fact['check']> {
  return (answer) => {
    const found = rowsOf(answer, id);
    const wanted = expected.map((row) => ({ id, ...row }));
    return isDeepStrictEqual(found, wanted)
      ? undefined
      : `it says ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`;
  };
}
