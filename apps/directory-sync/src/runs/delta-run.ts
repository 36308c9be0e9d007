import { applyGroupChanges, closure, type GroupTree, sameMembers } from '@learnamp/directory';
import { groupNames } from '@learnamp/graph-client';
import { underLease } from '@learnamp/mongo';
import { dropIdleLinks, ensureGroupLinks } from '../delta/group-links.ts';
import { noteLost } from '../delta/people-concerned.ts';
import { type DeltaReading, readDelta } from '../delta/read-delta.ts';
import { loadTree, type SavedTrees, saveTree } from '../group-tree/group-tree-store.ts';
import { type GroupChecks, planGroupChecks } from '../group-tree/groups-to-check.ts';
import { ListsInDoubt, loadShortages } from '../group-tree/lists-in-doubt.ts';
import { walkGroups } from '../group-tree/walk-group-tree.ts';
import { stage } from '../tracing/stage.ts';
import { emittedStates } from './known-states.ts';
import { lookAgainLater } from './look-again.ts';
import { reportsOf } from './reports-of.ts';
import type { RunContext } from './run-context.ts';
import type { RunReporter } from './run-reporter.ts';
import { syncChanged } from './sync-changed.ts';

export interface DeltaRunResult {
  /** Everybody that the run read or decided about. */
  readonly touched: ReadonlySet<string>;
  /** People who came into the group: their photos haven't been asked for. */
  readonly entered: readonly string[];
  /** Whether the delta queries said anything at all. */
  readonly empty: boolean;
  /** People who are not in the group any more by what was read, and of whom nothing proves it yet. */
  readonly unproved: number;
  /** People of whom nothing could be read: owed to the next run. */
  readonly unread: number;
}

export interface DeltaRunOptions {
  /** Groups to be read whole besides. */
  readonly reread: readonly string[];
  /** People whom a former run could not read. */
  readonly owed: readonly string[];
  /** Whether somebody who came into the group and isn't found may be too new for the replica that was asked. */
  readonly mayLag: boolean;
}

/**
 * Follows the changes since the last round: its cost is theirs, not the directory's. What Graph says is a hint of whom
 * to read; the reading decides.
 */
export async function deltaRun(
  context: RunContext,
  run: RunReporter,
  { reread, owed, mayLag }: DeltaRunOptions,
): Promise<DeltaRunResult> {
  const reading = await stage('read delta', () => readDelta(context));
  const before = await loadTree(context.stores.groupNodes, context.organisation.id);
  const { tree, newGroups, names, doubts } = await stage('read groups', () =>
    treeAfter(context, before, reading, reread),
  );
  const trees = { before, after: tree, names, shortages: doubts.shortages };
  const personIds = new Set([...reading.userIds, ...(await reportsOf(context, reading)), ...owed]);
  const changed = await syncChanged({ ...context, trees }, run, { before, after: tree, personIds });
  const { touched, entered, returned, unreadable, notFound, unproved } = changed;
  const unread = mayLag ? [...unreadable, ...(await neverEmitted(context, notFound))] : unreadable;
  await lookAgainLater(context, touched);
  // The tree is told anew where its people are who came back without a word.
  const newAgain = returned.length > 0 ? [...tree.keys()] : newGroups;
  const checks = { checked: reread, newGroups: newAgain, inDoubt: doubts.groupIds };
  await stage('save round', () => saveRound(context, trees, reading, { unread, checks }));
  return {
    touched,
    entered,
    empty: reading.userIds.size === 0 && reading.groupChanges.length === 0,
    unproved,
    unread: unread.length,
  };
}

/** Nobody's learner hangs on these, so no second 404 is waited for: they are new, or they are gone. */
async function neverEmitted(context: RunContext, personIds: readonly string[]): Promise<string[]> {
  if (personIds.length === 0) return [];
  const known = await emittedStates(context)(personIds);
  return personIds.filter((personId) => !known.has(personId));
}

interface TreeAfter extends Pick<SavedTrees, 'names'> {
  readonly tree: GroupTree;
  readonly newGroups: readonly string[];
  readonly doubts: ListsInDoubt;
}

async function treeAfter(
  context: RunContext,
  before: GroupTree,
  { groupChanges, groupsToRead, groupNames: groupNamesTold }: DeltaReading,
  reread: readonly string[],
): Promise<TreeAfter> {
  const { organisation, stores, graph } = context;
  const names = new Map(groupNamesTold);
  const changed = applyGroupChanges(before, groupChanges);
  const rootId = organisation.microsoft.groupId;
  const reachable = closure(changed, rootId).groups;
  const unknown = [...reachable].filter((groupId) => !changed.has(groupId));
  const whole = [...groupsToRead, ...reread].filter((groupId) => reachable.has(groupId));
  // Link, then members: what happens to a new group while it is read is in its first round.
  const doubts = new ListsInDoubt(context, changed, await loadShortages(stores.groupNodes, organisation.id));
  const read = await walkGroups(graph, [...unknown, ...whole], changed, {
    doubts,
    beforeReading: (groupIds) => ensureGroupLinks(context, groupIds),
    names,
  });
  // What told of them has only their ids, and their parents' lists weren't read.
  const nameless = unknown.filter((groupId) => !names.has(groupId));
  for (const [groupId, name] of await groupNames(graph, nameless)) names.set(groupId, name);
  const tree = new Map([...changed, ...read]);
  const kept = closure(tree, rootId).groups;
  return {
    tree: new Map([...tree].filter(([groupId]) => kept.has(groupId))),
    // A replica that lags may have shown them as they were: until both agree they are read again.
    newGroups: [...read].filter(([groupId, members]) => !sameMembers(changed.get(groupId), members)).map(([id]) => id),
    names,
    doubts,
  };
}

/** Only now, when every event is acknowledged, does the round count as done: tree, links and debts move together. */
async function saveRound(
  context: RunContext,
  trees: SavedTrees,
  { links }: DeltaReading,
  { unread, checks }: { readonly unread: readonly string[]; readonly checks: GroupChecks },
): Promise<void> {
  const { organisation, stores, connection, lease, clock, timings } = context;
  const rootId = organisation.microsoft.groupId;
  await noteLost(context, closure(trees.before, rootId).users, closure(trees.after, rootId).users);
  const until = new Date(clock().getTime() + timings.leaseTtl);
  await underLease(connection, stores.workRecords, lease, until, async (session) => {
    await saveTree(stores.groupNodes, organisation.id, trees, session);
    await stores.workRecords.updateOne({ _id: organisation.id }, { $set: { peopleToRead: unread } }, { session });
    await planGroupChecks(context, checks, session);
    for (const { link, next } of links) {
      if (link.replaced) await stores.deltaLinks.deleteOne({ _id: link._id }, { session });
      else await stores.deltaLinks.updateOne({ _id: link._id }, { $set: { link: next } }, { session });
    }
  });
  await dropIdleLinks(context, new Set(trees.after.keys()));
}
