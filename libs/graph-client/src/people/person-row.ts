import { GraphError } from '../errors/graph-error.ts';

/** A person as Graph gave them. */
export interface Person {
  readonly id: string;
  /** The manager's object id; null when there is none, or when it is a contact, who is no user. */
  readonly managerId: string | null;
  /** What was selected. A property that Graph left out is undefined, one without a value is null. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What reading one person came to. */
export type PersonRead =
  | { readonly kind: 'found'; readonly id: string; readonly person: Person }
  /** Not in Graph's answer. No proof that they were deleted. */
  | { readonly kind: 'missing'; readonly id: string }
  /** Graph says that they exist and shows nothing of them: a permission is missing. */
  | { readonly kind: 'unreadable'; readonly id: string }
  | { readonly kind: 'failed'; readonly id: string; readonly error: GraphError };

/**
 * One row as a read. With too few permissions Graph answers 200 and nulls everything but the id ("limited information
 * returned", Graph, list group members); such nulls must never be taken for the person's values.
 */
export function readPersonRow(row: Record<string, unknown>, select: readonly string[]): PersonRead {
  const { id } = row;
  if (typeof id !== 'string') throw new GraphError('unexpected-response', 'Graph answered a person without an id');
  const shown = select.some((name) => name !== 'id' && row[name] !== undefined && row[name] !== null);
  if (!shown) return { kind: 'unreadable', id };
  const properties = Object.fromEntries(
    select.filter((name) => Object.hasOwn(row, name)).map((name) => [name, row[name]]),
  );
  return { kind: 'found', id, person: { id, managerId: managerId(row['manager']), properties } };
}

function managerId(manager: unknown): string | null {
  if (typeof manager !== 'object' || manager === null) return null;
  const { id, '@odata.type': type } = manager as Record<string, unknown>;
  if (typeof id !== 'string') return null;
  return typeof type === 'string' && type.toLowerCase() !== '#microsoft.graph.user' ? null : id;
}
