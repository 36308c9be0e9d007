import { closure, type GroupTree } from '@learnamp/directory';
import { withdrawAdditions } from '../approval/proposals.ts';
import { settleChanges } from '../approval/settle-changes.ts';
import { askMembership, proveLeavers } from '../removal/prove-removals.ts';
import { stage } from '../tracing/stage.ts';
import { emittedOutside, emittedStates } from './known-states.ts';
import type { RunContext } from './run-context.ts';
import type { RunReporter } from './run-reporter.ts';
import { syncPeople } from './sync-people.ts';

/** What is known to have changed since the last round. */
export interface Changed {
  readonly before: GroupTree;
  readonly after: GroupTree;
  /** People of whom something changed, in the group or not. */
  readonly personIds: ReadonlySet<string>;
}

export interface SyncedChanges {
  /** Everybody who was read, asked about or decided about. */
  readonly touched: ReadonlySet<string>;
  /** People who came into the group. */
  readonly entered: readonly string[];
  /** People who are in the group although the tree doesn't have them. */
  readonly returned: readonly string[];
  readonly unreadable: readonly string[];
  readonly notFound: readonly string[];
  /** People who are not in the group any more by what was read, and of whom nothing proves it yet. */
  readonly unproved: number;
}

/** Brings the people up to date who came, changed or left: a fresh reading of each decides. */
export async function syncChanged(
  context: RunContext,
  run: RunReporter,
  { before, after, personIds }: Changed,
): Promise<SyncedChanges> {
  const rootId = context.organisation.microsoft.groupId;
  const wasMember = closure(before, rootId).users;
  const isMember = closure(after, rootId).users;
  const entered = [...isMember].filter((personId) => !wasMember.has(personId));
  const outside = await knownOf(
    context,
    [...personIds].filter((personId) => !isMember.has(personId)),
  );
  const returned = await membersAmong(context, outside);
  const changed = [...personIds].filter((personId) => isMember.has(personId));
  const toRead = [...new Set([...entered, ...changed, ...returned])];
  const present = new Set([...isMember, ...returned]);
  const left = [...new Set([...wasMember, ...outside])].filter((personId) => !present.has(personId));
  const leavers = await emittedOutside(context, present, left);

  await run.progress('following changes', 0, toRead.length + leavers.size);
  const { unreadable, notFound } = await syncPeople(context, run, toRead, emittedStates(context));
  const unproved = await stage('prove leavers', () => proveLeavers(context, run, leavers, present));
  await withdrawAdditions(context, left);
  await stage('settle changes', () => settleChanges(context, run));
  const touched = new Set([...toRead, ...outside, ...leavers.keys()]);
  return { touched, entered, returned, unreadable, notFound, unproved };
}

async function knownOf(context: RunContext, personIds: readonly string[]): Promise<string[]> {
  return [...(await emittedStates(context)(personIds)).keys()];
}

/**
 * People we know whom the tree lacks and who are members all the same: a deleted account that is restored gets its
 * memberships back, and no row of a group tells of it (Graph, delta query for groups). So those who changed are asked.
 */
async function membersAmong(context: RunContext, personIds: readonly string[]): Promise<string[]> {
  const answers = await askMembership(context, personIds);
  return personIds.filter((personId) => answers.get(personId) === 'member');
}
