import type { GroupChange, MemberChange } from '@learnamp/directory';
import { deltaRounds, type GroupDelta, type UserDelta } from '@learnamp/graph-client';
import type { DeltaLink } from '@learnamp/sync-state';
import type { RunContext } from '../runs/run-context.ts';
import { loadLinks } from './delta-links.ts';

/** What the delta queries of one organisation say since the last round. */
export interface DeltaReading {
  /** Everybody of the tenant of whom something changed: hints, to be read. */
  readonly userIds: ReadonlySet<string>;
  /** Those of them who were deleted, by the last row of each. */
  readonly removedUserIds: ReadonlySet<string>;
  readonly groupChanges: readonly GroupChange[];
  /** Groups with a new member of unnamed kind: their members have to be read whole. */
  readonly groupsToRead: ReadonlySet<string>;
  /** The names of groups that changed, by id. */
  readonly groupNames: ReadonlyMap<string, string>;
  /** Where the next round begins. To be stored when everything of this one is safe. */
  readonly links: readonly { readonly link: DeltaLink; readonly next: string }[];
}

/** Follows every link of the organisation to the end of its round. @throws GraphError */
export async function readDelta(context: RunContext): Promise<DeltaReading> {
  const users = new Map<string, UserDelta>();
  const groupChanges: GroupChange[] = [];
  const groupsToRead = new Set<string>();
  const groupNames = new Map<string, string>();
  const links: { link: DeltaLink; next: string }[] = [];
  const followed = await loadLinks(context);
  for await (const page of deltaRounds(context.graph, followed)) {
    if (page.kind === 'users') for (const row of page.rows) users.set(row.id, row);
    else
      for (const row of page.rows) {
        noteGroup(row, groupChanges, groupsToRead);
        if (row.displayName) groupNames.set(row.id, row.displayName);
      }
    const link = followed[page.index];
    if (link && page.deltaLink !== undefined) links.push({ link, next: page.deltaLink });
  }
  const removed = [...users.values()].filter((row) => row.removed !== undefined);
  const removedUserIds = new Set(removed.map(({ id }) => id));
  return { userIds: new Set(users.keys()), removedUserIds, groupChanges, groupsToRead, groupNames, links };
}

function noteGroup(row: GroupDelta, changes: GroupChange[], toRead: Set<string>): void {
  const members = row.members ?? [];
  // A group that was restored comes back as if new; only a whole read says who is in it.
  if (row.removed === undefined && members.some((member) => member.kind === undefined && !member.removed)) {
    toRead.add(row.id);
  }
  changes.push({ groupId: row.id, deleted: row.removed !== undefined, members: members.flatMap(changesOf) });
}

function changesOf({ id, kind, removed }: NonNullable<GroupDelta['members']>[number]): MemberChange[] {
  if (kind) return [{ kind, id, removed }];
  // Ids are unique in a directory, so taking one from both lists takes it from the right one.
  return removed
    ? [
        { kind: 'user', id, removed },
        { kind: 'group', id, removed },
      ]
    : [];
}
