import type { Change, LinkChange, ObjectKind } from '../../directory/change.ts';
import type { DirectoryReads } from '../../directory/directory.ts';
import { defaultsOf } from '../query/projection.ts';
import type { DeltaQuery } from './delta-token.ts';

/** One object of a round, before it is written out. */
export interface DeltaEntry {
  readonly id: string;
  /** `changed`: in the recycle bin; `deleted`: gone for good. */
  readonly removed?: 'changed' | 'deleted';
  /** The tracked properties that changed; absent when the object is new to the caller. */
  readonly changed?: ReadonlySet<string>;
  /** The links that changed; absent when all present links are news. */
  readonly links?: readonly LinkChange[];
}

/** The link that a delta query can follow: members of groups, managers of users. */
export function relationOf(kind: ObjectKind): 'members' | 'manager' {
  return kind === 'group' ? 'members' : 'manager';
}

/** Whether the query follows links: for groups by default, for users only when selected. */
export function followsLinks({ kind, select }: DeltaQuery): boolean {
  return select === undefined ? kind === 'group' : select.includes(relationOf(kind));
}

/** The properties that are reported, and whose changes make a row. */
export function trackedProperties({ kind, select }: DeltaQuery): string[] {
  const names = select?.filter((name) => name !== relationOf(kind)) ?? defaultsOf[kind];
  return [...new Set([...names, 'id'])];
}

/** The first round: every object, and what has been deleted, as Graph may list it. */
export function initialEntries(directory: DirectoryReads, query: DeltaQuery): DeltaEntry[] {
  const wanted = query.ids && new Set(query.ids);
  return directory
    .everyId(query.kind)
    .filter((id) => wanted?.has(id) ?? true)
    .map((id) => {
      const object = directory.findEvenDeleted(id);
      if (object === undefined) return { id, removed: 'deleted' };
      return object.deletedAt === undefined ? { id } : { id, removed: 'changed' };
    });
}

/** A later round: what changed after the sequence, one entry per object. Changes that nobody tracks make none. */
export function changedEntries(directory: DirectoryReads, query: DeltaQuery, sequence: number): DeltaEntry[] {
  const wanted = query.ids && new Set(query.ids);
  const byId = new Map<string, Change[]>();
  for (const change of directory.changesAfter(sequence)) {
    if (change.kind !== query.kind || wanted?.has(change.id) === false) continue;
    const changes = byId.get(change.id);
    if (changes) changes.push(change);
    else byId.set(change.id, [change]);
  }
  const tracked = new Set(trackedProperties(query));
  return [...byId].flatMap(([id, changes]) => toEntry(directory, query, tracked, id, changes) ?? []);
}

function toEntry(
  directory: DirectoryReads,
  query: DeltaQuery,
  tracked: ReadonlySet<string>,
  id: string,
  changes: readonly Change[],
): DeltaEntry | undefined {
  const happened = (action: Change['action']): boolean => changes.some((change) => change.action === action);
  const object = directory.findEvenDeleted(id);
  if (object === undefined) return { id, removed: 'deleted' };
  if (object.deletedAt !== undefined) return happened('soft-deleted') ? { id, removed: 'changed' } : undefined;
  // A restored object comes back as if it were new.
  if (happened('created') || happened('restored')) return { id };
  const changed = new Set(changes.flatMap((change) => change.properties).filter((name) => tracked.has(name)));
  const links = followsLinks(query) ? netLinks(changes) : [];
  return changed.size === 0 && links.length === 0 ? undefined : { id, changed, links };
}

/** What remains of the link changes: one that was added and removed again, or the reverse, is no news. */
function netLinks(changes: readonly Change[]): LinkChange[] {
  const net = new Map<string, { first: LinkChange; last: LinkChange }>();
  for (const link of changes.flatMap((change) => change.links)) {
    const key = `${link.relation} ${link.target.id}`;
    net.set(key, { first: net.get(key)?.first ?? link, last: link });
  }
  return [...net.values()].filter(({ first, last }) => first.added === last.added).map(({ last }) => last);
}
