import type { Model, QueryFilter } from 'mongoose';
import Type, { type Static, type TProperties } from 'typebox';
import { cursorOf, type ListOrder, type Position, positionOf } from './cursor.ts';

const pageQuery = {
  /** How many at most. */
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
  /** `next` of the page before; the longest is of a name. */
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 2048 })),
};

/** The query of a list: where to go on, how many to show, and whatever else the list may be asked. */
export const PageQuery = Type.Object(pageQuery);
export type PageQuery = Static<typeof PageQuery>;

export const pageQueryWith = <Filters extends TProperties>(filters: Filters) =>
  Type.Object({ ...pageQuery, ...filters });

/** The cursor of the next page; null on the last one. */
export const Next = Type.Union([Type.String(), Type.Null()]);

export interface PageOf<Item> {
  readonly items: Item[];
  readonly next: string | null;
}

/** An index, by its keys. */
export type ByIndex = Readonly<Record<string, 1 | -1>>;

/**
 * Reads a page of a collection by the values that it is sorted by, never by a number of rows to skip: what comes in or goes
 * between two pages neither repeats nor hides any other. An index should begin with what `filter` asks and go on with `order`.
 * `index` names it where MongoDB would try others at length before it finds that this one is best.
 * @throws Problem 400 for a cursor of another list, or none at all.
 */
export async function readPage<Document>(
  model: Model<Document>,
  filter: QueryFilter<Document>,
  order: ListOrder,
  { limit, cursor }: PageQuery,
  index?: ByIndex,
): Promise<PageOf<Document>> {
  const after = cursor === undefined ? {} : laterThan(order, positionOf(order, cursor));
  const sort = Object.fromEntries(order.keys.map(({ path, direction }) => [path, direction]));
  // One more than is shown, which tells whether there is a next page.
  const found = await model
    .find({ $and: [filter, after] } as QueryFilter<Document>, null, index ? { hint: index } : {})
    .sort(sort)
    .limit(limit + 1)
    .lean<Document[]>();
  return pageOf(found, limit, (last) =>
    cursorOf(
      order,
      order.keys.map(({ path }) => valueAt(last, path)),
    ),
  );
}

/** The first `limit` of what was found, where one more was looked for. */
export function pageOf<Item>(found: readonly Item[], limit: number, cursorAfter: (last: Item) => string): PageOf<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last !== undefined && found.length > limit ? cursorAfter(last) : null };
}

/** Later by the first key, or the same there and later by the second, and so on. */
function laterThan({ keys }: ListOrder, position: Position) {
  return {
    $or: keys.map(({ path, direction }, index) => ({
      ...Object.fromEntries(keys.slice(0, index).map((same, at) => [same.path, position[at]])),
      [path]: beyond(direction, position[index]),
    })),
  };
}

/** MongoDB compares values of one type alone, and all texts come after none. */
const beyond = (direction: 1 | -1, value: Position[number] | undefined) =>
  value === null ? { $gte: '' } : { [direction === 1 ? '$gt' : '$lt']: value };

function valueAt(document: unknown, path: string): Position[number] {
  const inside = (inner: unknown, name: string) => (inner as Record<string, unknown> | null | undefined)?.[name];
  const value = path.split('.').reduce<unknown>(inside, document);
  return (value ?? null) as Position[number];
}
