import type { Change } from '../../directory/change.ts';
import type { DirectoryReads } from '../../directory/directory.ts';
import type { Recent } from './recent.ts';

/** What delta queries follow here. */
export type DeltaKind = 'user' | 'group';

/** What is asked for. Links carry it, so that callers never repeat it. */
export interface DeltaQuery {
  readonly kind: DeltaKind;
  readonly select?: readonly string[];
  /** Only these objects. */
  readonly ids?: readonly string[];
}

/** Where a round begins, as a deltaLink carries it. */
export interface DeltaStart {
  readonly query: DeltaQuery;
  /** The last change that the caller knows. Absent for a first round, which lists everything. */
  readonly after?: number;
  /** A first round that repairs a broken one: what is gone is not listed. */
  readonly isResync?: true;
}

/** A walk over the changes. The next one begins where it ends: with what changes while it goes on. */
export interface DeltaRound extends DeltaStart {
  readonly upTo: number;
}

/** Where in a round a page begins. */
export interface DeltaPosition {
  /** Into the candidates of the round. */
  readonly index: number;
  /** The last link of that candidate that an earlier page had. */
  readonly afterLink?: string;
  /** An empty page has been here already. */
  readonly isAfterEmptyPage?: true;
}

/** The objects that a round may list, in an order that no later change disturbs: pages point into it. */
export interface Candidates {
  readonly ids: readonly string[];
  /** What happened to each of them in the round; absent for a first round, which shows them as they are. */
  readonly changes?: ReadonlyMap<string, readonly Change[]>;
}

/** Finds the candidates of a round anew for each page, since nothing is remembered of rounds. */
export function candidatesOf(directory: DirectoryReads, round: DeltaRound, recent: Recent<Candidates>): Candidates {
  const { query, after, upTo } = round;
  if (after !== undefined) {
    const key = `${query.kind} ${after} ${upTo} ${query.ids?.join() ?? ''}`;
    return recent.get(key, () => changedObjects(directory, query, after, upTo));
  }
  return { ids: query.ids ?? directory.everyId(query.kind) };
}

function changedObjects(directory: DirectoryReads, query: DeltaQuery, after: number, upTo: number): Candidates {
  const wanted = query.ids && new Set(query.ids);
  const changes = new Map<string, Change[]>();
  for (const change of directory.changesAfter(after)) {
    if (change.sequence > upTo) break;
    if (change.kind !== query.kind || wanted?.has(change.id) === false) continue;
    const known = changes.get(change.id);
    if (known) known.push(change);
    else changes.set(change.id, [change]);
  }
  return { ids: [...changes.keys()], changes };
}
