import type { Row } from './test-graph.ts';

/** What a client knows of an object. */
export interface KnownObject {
  readonly properties: Record<string, unknown>;
  /** Its links by `linkName`. */
  readonly links: Set<string>;
}

/** A link as a text: `members 2000…`. */
export function linkName(relation: string, id: string): string {
  return `${relation} ${id}`;
}

/** The id at the other end of a link. */
export function targetOf(link: string): string {
  return link.slice(link.indexOf(' ') + 1);
}

const DELTA = '@delta';

/**
 * What a client has put together from delta rows, as Graph's documentation tells it to: a row adds to what is known of its
 * object, `@removed` takes away. Rows may come twice, and an object may come in pieces.
 */
export class DeltaCopy {
  readonly objects: Map<string, KnownObject>;

  constructor(objects: ReadonlyMap<string, KnownObject> = new Map()) {
    this.objects = new Map(
      [...objects].map(([id, { properties, links }]) => [id, { properties: { ...properties }, links: new Set(links) }]),
    );
  }

  merge(row: Row): void {
    if (row['@removed'] !== undefined) {
      this.objects.delete(row.id);
      return;
    }
    const known = this.objects.get(row.id) ?? { properties: {}, links: new Set<string>() };
    this.objects.set(row.id, known);
    for (const [name, value] of Object.entries(row)) {
      if (name.endsWith(DELTA)) mergeLinks(known.links, name.slice(0, -DELTA.length), value as Row[]);
      else known.properties[name] = value;
    }
  }
}

function mergeLinks(links: Set<string>, relation: string, rows: readonly Row[]): void {
  for (const { id, '@removed': removed } of rows) {
    if (removed === undefined) links.add(linkName(relation, id));
    else links.delete(linkName(relation, id));
  }
}
