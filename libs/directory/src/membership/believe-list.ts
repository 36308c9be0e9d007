import type { DirectMembers } from './group-tree.ts';

/** That the list of a group's members had fewer of them than the directory counts. */
export interface Shortage {
  readonly by: number;
  readonly since: Date;
  /** It was as short long afterwards: so some of those who are counted are in no list, and the list is believed. */
  readonly believed: boolean;
}

/** What was read of a group, and what is known of it. */
export interface ListReading {
  /** Its members as they were known. */
  readonly before: DirectMembers | undefined;
  readonly read: DirectMembers;
  /** How many members more are counted than were in the list; none where it couldn't be counted. */
  readonly shortBy: number;
  readonly known: Shortage | null;
  readonly now: Date;
  /** How long a list has to stay short until it is believed. */
  readonly minimumMs: number;
}

export interface BelievedList {
  readonly members: DirectMembers;
  readonly shortage: Shortage | null;
}

/**
 * A list that is shorter than the count takes nobody away at first: whoever was known stays. Whoever is in it is taken at
 * once. When it is as short half an hour later, it is believed.
 */
export function believeList({ before, read, shortBy, known, now, minimumMs }: ListReading): BelievedList {
  if (shortBy <= 0) return { members: read, shortage: null };
  if (known?.believed && shortBy <= known.by) return { members: read, shortage: known };
  const since = known && !known.believed ? known.since : now;
  const believed = now.getTime() - since.getTime() >= minimumMs;
  const shortage = { by: shortBy, since, believed };
  return { members: believed || !before ? read : both(before, read), shortage };
}

const both = (one: DirectMembers, other: DirectMembers): DirectMembers => ({
  users: new Set([...one.users, ...other.users]),
  groups: new Set([...one.groups, ...other.groups]),
});
