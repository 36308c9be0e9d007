import { closure, type DirectMembers, type GroupTree, sameMembers } from '@learnamp/directory';
import { underLease } from '@learnamp/mongo';
import { withdrawOtherAdditions } from '../approval/proposals.ts';
import { settleChanges } from '../approval/settle-changes.ts';
import { newLinks, replaceLinks } from '../delta/delta-links.ts';
import { dropIdleLinks, ensureGroupLinks, packGroupLinks } from '../delta/group-links.ts';
import { noteLost } from '../delta/people-concerned.ts';
import { type Followed, followMembers, linksReplacedBy } from '../delta/people-links.ts';
import { loadTree, type SavedTrees, saveTree } from '../group-tree/group-tree-store.ts';
import { planGroupChecks } from '../group-tree/groups-to-check.ts';
import { ListsInDoubt, loadShortages } from '../group-tree/lists-in-doubt.ts';
import { walkFromRoot } from '../group-tree/walk-group-tree.ts';
import { proveLeavers } from '../removal/prove-removals.ts';
import { stage } from '../tracing/stage.ts';
import { appliedStates, idsOutside, lastActiveStates } from './known-states.ts';
import { lookAgainLater } from './look-again.ts';
import type { RunContext } from './run-context.ts';
import type { RunReporter } from './run-reporter.ts';
import { stopIfNeeded } from './stop-if-needed.ts';
import { syncPeople } from './sync-people.ts';

/** What may happen between two steps of a full run. */
export interface Interlude {
  /** Serves hints and requests that came meanwhile; throws when the run must end (settings changed, service stops). */
  readonly serve: () => Promise<void>;
  /** People whom a delta run read since this run began: its reading is newer than ours, so they are left alone. */
  readonly touched: ReadonlySet<string>;
}

export interface FullRunResult {
  /** People of whom nothing could be read. */
  readonly unreadable: number;
}

// As many as one round of batches reads at once, so that a step is short and memory is bounded.
const PEOPLE_A_STEP = 600;

// Of each a whole state is at hand; of a group that was emptied, everybody is a leaver.
const LEAVERS_A_STEP = 300;

/**
 * Reads the whole group and compares it with what profile-writer has applied, so that it heals whatever went wrong
 * before. Links first, then members: what changes while it reads is in the next delta round.
 */
export async function fullRun(from: RunContext, run: RunReporter, interlude: Interlude): Promise<FullRunResult> {
  const { trees, followed } = await stage('read groups', () => readTree(from, run, interlude));
  const context = { ...from, trees };
  const { users: members } = closure(trees.after, context.organisation.microsoft.groupId);
  run.counts.members = members.size;

  const unreadable = await syncMembers(context, run, [...members], interlude);
  await lookAgainLater(context, await followedAnew(context, members));
  await removeOutsiders(context, run, members, interlude);
  await replaceLinks(context, await linksReplacedBy(context, followed));
  return { unreadable };
}

async function readTree(
  context: RunContext,
  run: RunReporter,
  { serve }: Interlude,
): Promise<{ trees: SavedTrees; followed: Followed }> {
  const { graph, organisation, stores, connection, lease, clock, timings } = context;
  const before = await loadTree(stores.groupNodes, organisation.id);
  const replaced = await packGroupLinks(context, [...before.keys()]);
  const names = new Map<string, string>();
  const doubts = new ListsInDoubt(context, before, await loadShortages(stores.groupNodes, organisation.id));
  const tree = await walkFromRoot(graph, organisation.microsoft.groupId, {
    doubts,
    beforeReading: (groupIds) => ensureGroupLinks(context, groupIds),
    onProgress: async (done, total) => {
      await run.progress('reading groups', done, total);
      await stopIfNeeded(context);
    },
    names,
  });
  const members = closure(tree, organisation.microsoft.groupId);
  const followed = await followMembers(context, members);
  await noteLost(context, closure(before, organisation.microsoft.groupId).users, members.users);
  const trees = { before, after: tree, names, shortages: doubts.shortages };
  const checks = { checked: [], newGroups: await newGroupsOf(context, before, tree), inDoubt: doubts.groupIds };
  const until = new Date(clock().getTime() + timings.leaseTtl);
  await underLease(connection, stores.workRecords, lease, until, async (session) => {
    await saveTree(stores.groupNodes, organisation.id, trees, session);
    await planGroupChecks(context, checks, session);
    // Only now: until here these are the links that a next holder of the lease would have to follow.
    await stores.deltaLinks.deleteMany({ _id: { $in: replaced.map(({ _id }) => _id) } }, { session });
  });
  await dropIdleLinks(context, new Set(tree.keys()));
  // From here on there are links to follow and a tree that they start from, however long the rest takes.
  const nextDeltaAt = new Date(clock().getTime() + timings.deltaEvery);
  await stores.workRecords.updateOne({ _id: organisation.id, nextDeltaAt: null }, { $set: { nextDeltaAt } });
  await serve();
  return { trees, followed };
}

/** Of whom a link was taken: nothing tells of what changed just before that, and a replica that lags doesn't show it. */
async function followedAnew(context: RunContext, members: ReadonlySet<string>): Promise<Iterable<string>> {
  const links = (await newLinks(context)).filter(({ kind }) => kind === 'users');
  if (links.some(({ userIds }) => !userIds)) return members;
  return new Set(links.flatMap(({ userIds = [] }) => userIds).filter((personId) => members.has(personId)));
}

/** Nothing tells of what changed just before a link was taken; and what is otherwise than it was told may be outdated. */
async function newGroupsOf(context: RunContext, before: GroupTree, after: GroupTree): Promise<string[]> {
  const followedAnew = new Set((await newLinks(context)).flatMap(({ groupIds }) => groupIds));
  const isNew = ([groupId, members]: readonly [string, DirectMembers]) =>
    followedAnew.has(groupId) || !sameMembers(before.get(groupId), members);
  return [...after].filter(isNew).map(([groupId]) => groupId);
}

async function syncMembers(
  context: RunContext,
  run: RunReporter,
  members: readonly string[],
  { serve, touched }: Interlude,
): Promise<number> {
  let unreadable = 0;
  for (let start = 0; start < members.length; start += PEOPLE_A_STEP) {
    await run.progress('syncing people', start, members.length);
    const step = members.slice(start, start + PEOPLE_A_STEP);
    const ours = step.filter((personId) => !touched.has(personId));
    // Whom a delta run has just brought up to date is as wanted.
    run.counts.unchanged += step.length - ours.length;
    unreadable += (await syncPeople(context, run, ours, appliedStates(context))).unreadable.length;
    await serve();
  }
  return unreadable;
}

async function removeOutsiders(
  context: RunContext,
  run: RunReporter,
  members: ReadonlySet<string>,
  { serve, touched }: Interlude,
): Promise<void> {
  const outside = [...(await idsOutside(context, members))];
  for (let start = 0; start < outside.length; start += LEAVERS_A_STEP) {
    await run.progress('checking leavers', start, outside.length);
    const step = outside.slice(start, start + LEAVERS_A_STEP).filter((personId) => !touched.has(personId));
    const leavers = await lastActiveStates(context, step);
    await stage('prove leavers', () => proveLeavers(context, run, leavers, members));
    await serve();
  }
  await withdrawOtherAdditions(context, run.runId, touched);
  await stage('settle changes', () => settleChanges(context, run));
}
