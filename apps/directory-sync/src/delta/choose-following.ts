import { linksFor } from './delta-links.ts';

/** Whose changes the users' delta queries tell of: everybody's of the tenant, or only those of the people concerned. */
export type Following = 'tenant' | 'people';

export interface Numbers {
  /** People whose changes matter, managers outside the group among them. */
  readonly people: number;
  readonly groups: number;
  /** Users of the tenant; undefined where nobody knows. */
  readonly tenantUsers: number | undefined;
  /** What is followed now. */
  readonly now: Following;
}

/** So many links are followed by one request, so the people's links cost no request more than the tenant's. */
const MOST_LINKS = 20;

/** It takes less to stay than to begin, so that an organisation near the border keeps what it has. */
const toBegin = { links: 15, share: 0.25 };
const toStay = { links: MOST_LINKS, share: 0.5 };

/** Whether so many people and groups could be followed by links of their own at all, whatever the tenant's size. */
export const fewEnough = ({ people, groups }: Pick<Numbers, 'people' | 'groups'>): boolean =>
  linksFor(people) + linksFor(groups) <= MOST_LINKS;

/** Follows only the people concerned where they are a small part of their tenant and all links fit one request. */
export function chooseFollowing({ people, groups, tenantUsers, now }: Numbers): Following {
  const limit = now === 'people' ? toStay : toBegin;
  if (linksFor(people) + linksFor(groups) > limit.links) return 'tenant';
  if (tenantUsers === undefined) return now;
  return people <= limit.share * tenantUsers ? 'people' : 'tenant';
}
