import { randomUUID } from 'node:crypto';
import { mappedProperties } from '@learnamp/directory';
import { latestDeltaLink, maxDeltaIds } from '@learnamp/graph-client';
import type { DeltaLink } from '@learnamp/sync-state';
import type { RunContext } from '../runs/run-context.ts';
import { selectHash } from './select-hash.ts';

// Requests that a round takes when twenty links are followed by each (Graph, JSON batching).
const requestsFor = (links: number) => Math.ceil(links / 20);

/** What the delta queries follow. `manager` and `members` are relations that Graph tracks when they are selected. */
export const selected = {
  users: [...mappedProperties, 'manager'],
  groups: ['id', 'displayName', 'members'],
} as const;

type LinkDeps = Pick<RunContext, 'organisation' | 'graph' | 'stores'>;

/** The organisation's links, those taken for other properties left out. */
export async function loadLinks({ organisation, stores }: LinkDeps): Promise<DeltaLink[]> {
  const links = await stores.deltaLinks.find({ organisationId: organisation.id }).lean();
  return links.filter((link) => link.selectHash === selectHash(selected[link.kind]));
}

/** Whether there is anything to follow. Links that were taken for other properties don't count. */
export async function hasUsersLink(deps: LinkDeps): Promise<boolean> {
  return (await loadLinks(deps)).some((link) => link.kind === 'users');
}

/** Takes the tenant's users link if there is none. Always before anything is read: what changes meanwhile is in it. */
export async function ensureUsersLink(deps: LinkDeps): Promise<void> {
  if (!(await hasUsersLink(deps))) await takeLink(deps, 'users', []);
}

/** Takes links for the groups that none follows yet. Always before their members are read. A live link stays. */
export async function ensureGroupLinks(deps: LinkDeps, groupIds: readonly string[]): Promise<void> {
  const links = await loadLinks(deps);
  const followed = new Set(links.flatMap((link) => link.groupIds));
  await takeGroupLinks(
    deps,
    groupIds.filter((groupId) => !followed.has(groupId)),
  );
}

/**
 * Takes full links for all of the groups where the many small ones, one for each time that a group was found, cost more
 * requests to follow. Always before the members of these groups are read. Returns the links that are to be dropped once
 * that reading is saved; none where there is nothing to pack.
 */
export async function packGroupLinks(deps: LinkDeps, groupIds: readonly string[]): Promise<readonly DeltaLink[]> {
  const links = (await loadLinks(deps)).filter(({ kind }) => kind === 'groups');
  const needed = Math.ceil(groupIds.length / maxDeltaIds);
  // The link of the users is followed by the same requests.
  if (requestsFor(1 + links.length) <= requestsFor(1 + needed)) return [];
  await takeGroupLinks(deps, groupIds);
  return links;
}

async function takeGroupLinks(deps: LinkDeps, groupIds: readonly string[]): Promise<void> {
  for (let start = 0; start < groupIds.length; start += maxDeltaIds) {
    await takeLink(deps, 'groups', groupIds.slice(start, start + maxDeltaIds));
  }
}

async function takeLink(
  { organisation, graph, stores }: LinkDeps,
  kind: DeltaLink['kind'],
  groupIds: readonly string[],
): Promise<void> {
  const select = selected[kind];
  const link = await latestDeltaLink(graph, kind, { select, ...(groupIds.length > 0 ? { ids: groupIds } : {}) });
  await stores.deltaLinks.create({
    _id: randomUUID(),
    organisationId: organisation.id,
    kind,
    link,
    groupIds: [...groupIds],
    selectHash: selectHash(select),
  });
}

/** Forgets every link, so that the next full run takes new ones: an expired link can't say what happened meanwhile. */
export async function dropLinks({ organisation, stores }: Pick<RunContext, 'organisation' | 'stores'>): Promise<void> {
  await stores.deltaLinks.deleteMany({ organisationId: organisation.id });
}

/** Drops the links that follow only groups outside the tree. */
export async function dropIdleLinks(deps: LinkDeps, inTree: ReadonlySet<string>): Promise<void> {
  const idle = (await loadLinks(deps)).filter(
    (link) => link.kind === 'groups' && !link.groupIds.some((groupId) => inTree.has(groupId)),
  );
  await deps.stores.deltaLinks.deleteMany({ _id: { $in: idle.map((link) => link._id) } });
}
