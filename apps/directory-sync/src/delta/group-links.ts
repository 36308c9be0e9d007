import type { DeltaLink } from '@learnamp/sync-state';
import { currentLinks, type LinkDeps, linksFor, loadLinks, requestsFor, takeLinks } from './delta-links.ts';

/** Takes links for the groups that none follows yet. Always before their members are read. A live link stays. */
export async function ensureGroupLinks(deps: LinkDeps, groupIds: readonly string[]): Promise<void> {
  const links = await currentLinks(deps);
  const followed = new Set(links.flatMap((link) => link.groupIds));
  await takeLinks(
    deps,
    'groups',
    groupIds.filter((groupId) => !followed.has(groupId)),
  );
}

/**
 * Takes full links for all of the groups where the many small ones, one for each time that a group was found, cost more
 * requests to follow. Always before the members of these groups are read. Returns the links that are to be dropped once
 * that reading is saved; none where there is nothing to pack.
 */
export async function packGroupLinks(deps: LinkDeps, groupIds: readonly string[]): Promise<readonly DeltaLink[]> {
  const all = await loadLinks(deps);
  const links = all.filter(({ kind }) => kind === 'groups');
  // The links of the people are followed by the same requests.
  const others = Math.max(1, all.length - links.length);
  if (requestsFor(others + links.length) <= requestsFor(others + linksFor(groupIds.length))) return [];
  await takeLinks(deps, 'groups', groupIds);
  return links;
}

/** Drops the links that follow only groups outside the tree. */
export async function dropIdleLinks(deps: LinkDeps, inTree: ReadonlySet<string>): Promise<void> {
  const idle = (await loadLinks(deps)).filter(
    (link) => link.kind === 'groups' && !link.groupIds.some((groupId) => inTree.has(groupId)),
  );
  await deps.stores.deltaLinks.deleteMany({ _id: { $in: idle.map((link) => link._id) } });
}
