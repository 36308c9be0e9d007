import type { Application } from '../../entra/ports.ts';
import { at } from '../check-fact.ts';
import type { Fact, FactAnswer } from '../fact.ts';
import { get } from '../requests.ts';

type Ask = Fact['ask'];
type Check = NonNullable<Fact['check']>;

/** The header that lets the index of advanced queries answer. */
export const eventual = { ConsistencyLevel: 'eventual' };

/** An advanced query: with `$count=true` and the header. */
export function advanced(address: string): Ask {
  return get(`${address}${address.includes('?') ? '&' : '?'}$count=true`, eventual);
}

/** A request by another application than the first one. */
export function as({ appId }: Application, address: string, headers: Readonly<Record<string, string>> = {}): Ask {
  return async (world) => world.call('GET', address, { headers, token: await world.token(appId) });
}

/** The page behind the nextLink of a first one, as it is, or as the function changes it. */
export function nextPage(
  first: Ask,
  headers: Readonly<Record<string, string>> = {},
  change = (link: string) => link,
): Ask {
  return async (world) => {
    const link = at((await first(world)).body, '@odata\\.nextLink');
    if (typeof link !== 'string') throw new Error('the first page has no nextLink');
    return world.call('GET', change(link), { headers });
  };
}

/** The ids on a page. */
export function idsOf({ body }: FactAnswer): string[] {
  const value = at(body, 'value');
  return Array.isArray(value) ? value.map((item) => String(at(item, 'id'))) : [];
}

/** Checks that exactly these are on the page, in any order. */
export function holds(...ids: readonly string[]): Check {
  return (answer) => {
    const [found, wanted] = [idsOf(answer).toSorted(), ids.toSorted()];
    return found.join() === wanted.join() ? undefined : `ids ${found.join()}, not ${wanted.join()}`;
  };
}

/** Checks that exactly these are on the page, in this order. */
export function holdsInOrder(...ids: readonly string[]): Check {
  return (answer) => (idsOf(answer).join() === ids.join() ? undefined : `ids ${idsOf(answer).join()}`);
}

/** Checks how many items there are on the page. */
export function holdsItems(count: number): Check {
  return (answer) => {
    const found = at(answer.body, 'value.length');
    return found === count ? undefined : `${String(found)} items, not ${count}`;
  };
}

/** The item with an id. */
export function item({ body }: FactAnswer, id: string): unknown {
  const value = at(body, 'value');
  return Array.isArray(value) ? value.find((one) => at(one, 'id') === id) : undefined;
}
