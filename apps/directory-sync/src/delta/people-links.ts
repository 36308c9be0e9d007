import type { DeltaLink } from '@learnamp/sync-state';
import type { RunContext } from '../runs/run-context.ts';
import { chooseFollowing, fewEnough, type Following } from './choose-following.ts';
import { currentLinks, type LinkDeps, linksFor, loadLinks, requestsFor, takeLink, takeLinks } from './delta-links.ts';
import { peopleConcerned } from './people-concerned.ts';
import { tenantUsers } from './tenant-users.ts';

const isOfTenant = ({ kind, userIds }: DeltaLink) => kind === 'users' && !userIds;
const isOfPeople = ({ kind, userIds }: DeltaLink) => kind === 'users' && userIds !== undefined;

/** What is followed until a full run says otherwise. While both are, it is on its way from one to the other. */
export async function followedNow(deps: LinkDeps): Promise<Following> {
  const links = (await loadLinks(deps)).filter(({ replaced }) => !replaced);
  return links.some(isOfTenant) && !links.some(isOfPeople) ? 'tenant' : 'people';
}

/**
 * Takes a link for those of the people whom none follows yet, unless the whole tenant is followed. Always before they are
 * read. Returns whom nothing told of until now.
 */
export async function followPeople(deps: LinkDeps, personIds: readonly string[]): Promise<ReadonlySet<string>> {
  if ((await followedNow(deps)) === 'tenant') return new Set();
  const followed = new Set((await currentLinks(deps)).flatMap(({ userIds }) => userIds ?? []));
  const others = new Set(personIds.filter((personId) => !followed.has(personId)));
  await takeLinks(deps, 'users', [...others]);
  return others;
}

/** Whose changes a full run has chosen to follow, and the small links that it has taken fuller ones for. */
export interface Followed {
  readonly following: Following;
  readonly scattered: readonly DeltaLink[];
}

/**
 * Decides whose changes are followed from now on and takes the links that are missing for it: before anybody is read.
 * What was followed until now is followed beside it until the end of the run.
 */
export async function followMembers(
  context: RunContext,
  members: { readonly users: ReadonlySet<string>; readonly groups: ReadonlySet<string> },
): Promise<Followed> {
  const { following, personIds } = await choose(context, members);
  const links = await currentLinks(context);
  if (following === 'tenant') {
    if (!links.some(isOfTenant)) await takeLink(context, 'users');
    return { following, scattered: [] };
  }
  const scattered = areScattered(links, personIds.size) ? links.filter(isOfPeople) : [];
  const followed = new Set(links.filter((link) => !scattered.includes(link)).flatMap(({ userIds }) => userIds ?? []));
  await takeLinks(
    context,
    'users',
    [...personIds].filter((personId) => !followed.has(personId)),
  );
  return { following, scattered };
}

async function choose(
  context: RunContext,
  { users, groups }: { readonly users: ReadonlySet<string>; readonly groups: ReadonlySet<string> },
): Promise<{ readonly following: Following; readonly personIds: ReadonlySet<string> }> {
  const tenant = { following: 'tenant', personIds: users } as const;
  if (!fewEnough({ people: users.size, groups: groups.size })) return tenant;
  const personIds = await peopleConcerned(context, users);
  const numbers = { people: personIds.size, groups: groups.size };
  if (!fewEnough(numbers)) return tenant;
  const now = await followedNow(context);
  return { following: chooseFollowing({ ...numbers, now, tenantUsers: await tenantUsers(context) }), personIds };
}

/** The links whose place others have taken by the end of the full run. */
export async function linksReplacedBy(deps: LinkDeps, { following, scattered }: Followed): Promise<DeltaLink[]> {
  const others = (await loadLinks(deps)).filter(following === 'tenant' ? isOfPeople : isOfTenant);
  return [...others, ...scattered];
}

/** Whether the many small links, one for each time that people were found, cost more requests than full ones. */
function areScattered(links: readonly DeltaLink[], people: number): boolean {
  const small = links.filter(isOfPeople).length;
  const others = links.length - small;
  return requestsFor(others + small) > requestsFor(others + linksFor(people));
}

/** Whether a full run should put the people's links together. */
export async function peopleLinksAreScattered(deps: LinkDeps): Promise<boolean> {
  const links = await currentLinks(deps);
  return areScattered(links, new Set(links.flatMap(({ userIds }) => userIds ?? [])).size);
}
