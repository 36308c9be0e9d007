import { randomUUID } from 'node:crypto';
import { latestDeltaLink, maxDeltaIds } from '@learnamp/graph-client';
import type { DeltaLink } from '@learnamp/sync-state';
import { personProperties } from '../mapping/person-properties.ts';
import type { RunContext } from '../runs/run-context.ts';
import { selectHash } from './select-hash.ts';

export type LinkDeps = Pick<RunContext, 'organisation' | 'graph' | 'stores'>;

/** Requests that a round takes when twenty links are followed by each (Graph, JSON batching). */
export const requestsFor = (links: number): number => Math.ceil(links / 20);

/** How many links it takes to follow so many people or groups. */
export const linksFor = (ids: number): number => Math.ceil(ids / maxDeltaIds);

/** What the delta queries follow. `manager` and `members` are relations that Graph tracks when they are selected. */
const selected = (kind: DeltaLink['kind'], organisation: LinkDeps['organisation']): string[] =>
  kind === 'users' ? [...personProperties(organisation), 'manager'] : ['id', 'displayName', 'members'];

/**
 * The organisation's links. Those taken for other properties than are wanted now are among them: they tell less, but
 * until a full run has read what they don't tell, they are all that tells anything.
 */
export const loadLinks = ({ organisation, stores }: Pick<LinkDeps, 'organisation' | 'stores'>): Promise<DeltaLink[]> =>
  stores.deltaLinks.find({ organisationId: organisation.id }).lean();

/** Whether there is anything to follow: from the first full run on, the group itself at least. */
export const hasLinks = async (deps: Pick<LinkDeps, 'organisation' | 'stores'>): Promise<boolean> =>
  (await loadLinks(deps)).length > 0;

const isCurrent = ({ kind, selectHash: taken }: DeltaLink, organisation: LinkDeps['organisation']) =>
  taken === selectHash(selected(kind, organisation));

/** Links of the properties that are wanted, for as long as no others have taken their place. */
export const currentLinks = async (deps: LinkDeps): Promise<DeltaLink[]> =>
  (await loadLinks(deps)).filter((link) => isCurrent(link, deps.organisation) && !link.replaced);

/** Links of other properties that only a full run makes up for. Another release may have left them, or other settings. */
export const outdatedLinks = async (deps: LinkDeps): Promise<DeltaLink[]> =>
  (await loadLinks(deps)).filter((link) => !isCurrent(link, deps.organisation) && !link.replaced);

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

/** Takes as many links as it takes to follow these people or groups. */
export async function takeLinks(deps: LinkDeps, kind: DeltaLink['kind'], ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += maxDeltaIds) {
    await takeLink(deps, kind, ids.slice(start, start + maxDeltaIds));
  }
}

/** Takes a link from now on: of these ids, or of everybody of the tenant. */
export async function takeLink(
  { organisation, graph, stores }: LinkDeps,
  kind: DeltaLink['kind'],
  ids?: readonly string[],
): Promise<void> {
  const select = selected(kind, organisation);
  const link = await latestDeltaLink(graph, kind, { select, ...(ids ? { ids } : {}) });
  await stores.deltaLinks.create({
    _id: randomUUID(),
    organisationId: organisation.id,
    kind,
    link,
    groupIds: kind === 'groups' && ids ? ids : [],
    ...(kind === 'users' && ids ? { userIds: ids } : {}),
    selectHash: selectHash(select),
    awaitsFullRun: true,
  });
}

/** Forgets every link, so that the next full run takes new ones: an expired link can't say what happened meanwhile. */
export async function dropLinks({ organisation, stores }: Pick<RunContext, 'organisation' | 'stores'>): Promise<void> {
  await stores.deltaLinks.deleteMany({ organisationId: organisation.id });
}

/**
 * Says that new links have taken the place of these and of outdated ones. Only at the end of a full run: by then it has
 * read what changed before its own links were taken. They are followed once more, because replicas that it read from may
 * lag.
 */
export async function replaceLinks(deps: LinkDeps, links: readonly DeltaLink[]): Promise<void> {
  const replaced = [...(await outdatedLinks(deps)), ...links];
  await deps.stores.deltaLinks.updateMany({ _id: { $in: replaced.map(({ _id }) => _id) } }, { replaced: true });
}
