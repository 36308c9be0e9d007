import { randomUUID } from 'node:crypto';
import { latestDeltaLink, maxDeltaIds } from '@learnamp/graph-client';
import type { DeltaLink } from '@learnamp/sync-state';
import { personProperties } from '../mapping/person-properties.ts';
import type { RunContext } from '../runs/run-context.ts';
import { selectHash } from './select-hash.ts';

// Requests that a round takes when twenty links are followed by each (Graph, JSON batching).
const requestsFor = (links: number) => Math.ceil(links / 20);

type LinkDeps = Pick<RunContext, 'organisation' | 'graph' | 'stores'>;

/** What the delta queries follow. `manager` and `members` are relations that Graph tracks when they are selected. */
const selected = (kind: DeltaLink['kind'], organisation: LinkDeps['organisation']): string[] =>
  kind === 'users' ? [...personProperties(organisation), 'manager'] : ['id', 'displayName', 'members'];

/**
 * The organisation's links. Those taken for other properties than are wanted now are among them: they tell less, but
 * until a full run has read what they don't tell, they are all that tells anything.
 */
export const loadLinks = ({ organisation, stores }: Pick<LinkDeps, 'organisation' | 'stores'>): Promise<DeltaLink[]> =>
  stores.deltaLinks.find({ organisationId: organisation.id }).lean();

const isCurrent = ({ kind, selectHash: taken }: DeltaLink, organisation: LinkDeps['organisation']) =>
  taken === selectHash(selected(kind, organisation));

/** Whether there is anything to follow. */
export const hasUsersLink = async (deps: LinkDeps): Promise<boolean> =>
  (await loadLinks(deps)).some(({ kind }) => kind === 'users');

/** Links of other properties that only a full run makes up for. Another release may have left them, or other settings. */
export const outdatedLinks = async (deps: LinkDeps): Promise<DeltaLink[]> =>
  (await loadLinks(deps)).filter((link) => !isCurrent(link, deps.organisation) && !link.replaced);

const currentLinks = async (deps: LinkDeps): Promise<DeltaLink[]> =>
  (await loadLinks(deps)).filter((link) => isCurrent(link, deps.organisation) && !link.replaced);

/** Takes the tenant's users link if there is none. Always before anything is read: what changes meanwhile is in it. */
export async function ensureUsersLink(deps: LinkDeps): Promise<void> {
  if (!(await currentLinks(deps)).some(({ kind }) => kind === 'users')) await takeLink(deps, 'users', []);
}

/** Takes links for the groups that none follows yet. Always before their members are read. A live link stays. */
export async function ensureGroupLinks(deps: LinkDeps, groupIds: readonly string[]): Promise<void> {
  const links = await currentLinks(deps);
  const followed = new Set(links.flatMap((link) => link.groupIds));
  await takeGroupLinks(
    deps,
    groupIds.filter((groupId) => !followed.has(groupId)),
  );
}

/** Links that no full run has come to its end with. */
export const newLinks = async (deps: LinkDeps): Promise<DeltaLink[]> =>
  (await loadLinks(deps)).filter(({ awaitsFullRun }) => awaitsFullRun);

/** A full run has come to its end with them, and what it read is to be looked at again. */
export async function noteLinksRead({
  organisation,
  stores,
}: Pick<LinkDeps, 'organisation' | 'stores'>): Promise<void> {
  await stores.deltaLinks.updateMany(
    { organisationId: organisation.id, awaitsFullRun: true },
    { awaitsFullRun: false },
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
  const select = selected(kind, organisation);
  const link = await latestDeltaLink(graph, kind, { select, ...(groupIds.length > 0 ? { ids: groupIds } : {}) });
  await stores.deltaLinks.create({
    _id: randomUUID(),
    organisationId: organisation.id,
    kind,
    link,
    groupIds: [...groupIds],
    selectHash: selectHash(select),
    awaitsFullRun: true,
  });
}

/** Forgets every link, so that the next full run takes new ones: an expired link can't say what happened meanwhile. */
export async function dropLinks({ organisation, stores }: Pick<RunContext, 'organisation' | 'stores'>): Promise<void> {
  await stores.deltaLinks.deleteMany({ organisationId: organisation.id });
}

/**
 * Says that new links have taken the place of outdated ones. Only at the end of a full run: by then it has read what
 * changed before its own links were taken. They are followed once more, because replicas that it read from may lag.
 */
export async function replaceOutdatedLinks(deps: LinkDeps): Promise<void> {
  const outdated = await outdatedLinks(deps);
  await deps.stores.deltaLinks.updateMany({ _id: { $in: outdated.map(({ _id }) => _id) } }, { replaced: true });
}

/** Drops the links that follow only groups outside the tree. */
export async function dropIdleLinks(deps: LinkDeps, inTree: ReadonlySet<string>): Promise<void> {
  const idle = (await loadLinks(deps)).filter(
    (link) => link.kind === 'groups' && !link.groupIds.some((groupId) => inTree.has(groupId)),
  );
  await deps.stores.deltaLinks.deleteMany({ _id: { $in: idle.map((link) => link._id) } });
}
