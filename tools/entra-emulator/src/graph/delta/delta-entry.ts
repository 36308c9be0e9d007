import type { Change, LinkChange } from '../../directory/change.ts';
import type { DirectoryReads } from '../../directory/directory.ts';
import type { DeltaRound } from './delta-round.ts';
import { trackedProperties, trackedRelations } from './tracked.ts';

/** One object of a round, before it is written out. */
export interface DeltaEntry {
  readonly id: string;
  /** `changed`: in the recycle bin; `deleted`: gone for good. */
  readonly removed?: 'changed' | 'deleted';
  /** The tracked properties that changed; absent when the object is new to the caller. */
  readonly changed?: ReadonlySet<string>;
  /** The links that changed, as they are since; absent when all present links are news. */
  readonly links?: readonly LinkChange[];
  /** Of an object whose present links are all news: those that went since the caller last asked. */
  readonly goneLinks?: readonly LinkChange[];
}

/** What a round says of an object; undefined when that is nothing. */
export function deltaEntry(
  directory: DirectoryReads,
  round: DeltaRound,
  id: string,
  changes: readonly Change[] | undefined,
): DeltaEntry | undefined {
  const object = directory.findEvenDeleted(id);
  // An id that was asked for may be one of another type, or of nothing. Left out here, so that pages keep their places.
  if (changes === undefined && round.query.ids && object?.kind !== round.query.kind) return undefined;
  const removed = object === undefined ? 'deleted' : object.deletedAt === undefined ? undefined : 'changed';
  if (changes === undefined) return removed && round.isResync ? undefined : { id, ...(removed && { removed }) };
  const happened = (action: Change['action']): boolean => changes.some((change) => change.action === action);
  if (removed === 'changed') return happened('soft-deleted') ? { id, removed } : undefined;
  if (removed === 'deleted') return { id, removed };
  const links = latestLinks(round, changes);
  // A restored object comes back as if it were new; but the caller may know it, if it went and came back in between.
  if (happened('created') || happened('restored')) return { id, goneLinks: links.filter(({ added }) => !added) };
  const tracked = new Set(trackedProperties(round.query));
  const changed = new Set(changes.flatMap((change) => change.properties).filter((name) => tracked.has(name)));
  return changed.size === 0 && links.length === 0 ? undefined : { id, changed, links };
}

/**
 * How each link that changed is since. One that came and went again is reported as gone: the caller may have seen it on
 * a page of the round before, which shows objects as they are and not as they were when the round began.
 */
function latestLinks({ query }: DeltaRound, changes: readonly Change[]): LinkChange[] {
  const relations = trackedRelations(query);
  const latest = new Map<string, LinkChange>();
  for (const link of changes.flatMap((change) => change.links)) {
    if (relations.includes(link.relation)) latest.set(`${link.relation} ${link.target.id}`, link);
  }
  return [...latest.values()];
}
