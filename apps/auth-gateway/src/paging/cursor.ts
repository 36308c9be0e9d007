import { Problem } from '../problems/problem.ts';

/** One of the values that a list is sorted by. */
export interface SortKey {
  /** A path of the document, such as `proposal.heldSince`. */
  readonly path: string;
  readonly direction: 1 | -1;
  readonly type: 'date' | 'string' | 'number';
  /** Not every document has a value there; only of ascending texts, and those without one come first. */
  readonly isOptional?: true;
}

/** How a list is sorted. The last key is unique within the list, so that every item has one place. */
export interface ListOrder {
  /** Of the list: a cursor of one list is refused by the others. */
  readonly name: string;
  readonly keys: readonly SortKey[];
}

export type Position = readonly (Date | string | number | null)[];

/** A place in a list, as text that says nothing to whoever gets it: after an item whose sorted values are these. */
export function cursorOf({ name }: ListOrder, position: Position): string {
  return Buffer.from(JSON.stringify([name, ...position])).toString('base64url');
}

/** @throws Problem 400 for what is no cursor of this list. */
export function positionOf({ name, keys }: ListOrder, cursor: string): Position {
  const [forList, ...values] = parsed(cursor);
  const position = keys.map((key, index) => valueOf(key, values[index]));
  if (forList !== name || values.length !== keys.length) throw badCursor();
  return position;
}

function parsed(cursor: string): readonly unknown[] {
  try {
    const said: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(said)) return said;
  } catch {
    // Not one of ours.
  }
  throw badCursor();
}

/** Whoever sends a cursor could send objects in it, and MongoDB takes those for operators. */
function valueOf({ type, isOptional }: SortKey, value: unknown): Position[number] {
  if (isOptional && value === null) return null;
  if (type === 'number' && typeof value === 'number') return value;
  if (type !== 'number' && typeof value === 'string') {
    const at = new Date(value);
    if (type === 'string') return value;
    if (!Number.isNaN(at.getTime())) return at;
  }
  throw badCursor();
}

const badCursor = () =>
  new Problem(400, 'bad-cursor', 'The cursor is none of this list. Begin without one, and take `next` as it is.');
