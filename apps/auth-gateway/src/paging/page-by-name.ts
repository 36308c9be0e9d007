import { cursorOf, type ListOrder, positionOf } from './cursor.ts';
import { pageOf, type PageOf, type PageQuery } from './read-page.ts';

export interface Named {
  readonly learnerId: string;
  readonly name: string;
}

const { compare } = new Intl.Collator('en');

/** By name, as people look for one; whoever has the same name has a place of their own too. */
export const byName = (one: Named, other: Named): number =>
  compare(one.name, other.name) || (one.learnerId < other.learnerId ? -1 : Number(one.learnerId > other.learnerId));

/**
 * A page of learners by name, out of all of them: names are made of several fields, so that no index is sorted by them.
 * @throws Problem 400 for a cursor of another list.
 */
export function pageByName<Item extends Named>(
  listName: string,
  items: readonly Item[],
  { limit, cursor }: PageQuery,
): PageOf<Item> {
  const order: ListOrder = {
    name: listName,
    keys: [
      { path: 'name', direction: 1, type: 'string' },
      { path: 'learnerId', direction: 1, type: 'string' },
    ],
  };
  const [name, learnerId] = cursor === undefined ? [] : positionOf(order, cursor).map(String);
  const isLater = (item: Item) =>
    name === undefined || learnerId === undefined || byName({ name, learnerId }, item) < 0;
  const later = items.filter(isLater).sort(byName);
  return pageOf(later, limit, (last) => cursorOf(order, [last.name, last.learnerId]));
}
