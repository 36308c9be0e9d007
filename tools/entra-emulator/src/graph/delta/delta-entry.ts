import type { Change, DirectoryObject, LinkChange } from '../../directory/change.ts';
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
  return changes === undefined ? firstEntry(directory, round, id) : laterEntry(directory, round, id, changes);
}

function firstEntry(directory: DirectoryReads, { query, isResync }: DeltaRound, id: string): DeltaEntry | undefined {
  const object = directory.findEvenDeleted(id);
  // An id that was asked for may be one of another type, or of nothing. Left out here, so that pages keep their places.
  if (query.ids && object?.kind !== query.kind) return undefined;
  const removed = removalOf(object);
  if (removed === undefined) return { id };
  return isResync ? undefined : { id, removed };
}

function laterEntry(
  directory: DirectoryReads,
  round: DeltaRound,
  id: string,
  changes: readonly Change[],
): DeltaEntry | undefined {
  const removed = removalOf(directory.findEvenDeleted(id));
  if (removed === 'deleted') return { id, removed };
  const happened = (action: Change['action']): boolean => changes.some((change) => change.action === action);
  if (removed === 'changed')
    return happened('soft-deleted') || wentLater(directory, round, id) ? { id, removed } : undefined;
  const links = latestLinks(round, changes);
  // A restored object comes back as if it were new; but the caller may know it, if it went and came back in between.
  if (happened('created') || happened('restored')) return { id, goneLinks: links.filter(({ added }) => !added) };
  const tracked = new Set(trackedProperties(round.query));
  const changed = new Set(changes.flatMap((change) => change.properties).filter((name) => tracked.has(name)));
  return changed.size === 0 && links.length === 0 ? undefined : { id, changed, links };
}

function removalOf(object: DirectoryObject | undefined): DeltaEntry['removed'] {
  if (object === undefined) return 'deleted';
  return object.deletedAt === undefined ? undefined : 'changed';
}

/**
 * Whether an object went into the recycle bin after the round began. It is said at once: by the next round it may be back,
 * and what changed of it in this one would never be told.
 */
function wentLater(directory: DirectoryReads, { upTo }: DeltaRound, id: string): boolean {
  return directory.changesAfter(upTo).some((change) => change.id === id && change.action === 'soft-deleted');
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
