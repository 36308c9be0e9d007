import type { LinkChange, Relation } from '../../directory/change.ts';
import type { DirectoryReads } from '../../directory/directory.ts';
import type { DeltaEntry } from './delta-entry.ts';
import type { DeltaQuery } from './delta-round.ts';
import type { Recent } from './recent.ts';
import { trackedRelations } from './tracked.ts';

/** The links of an entry that are news to the caller, in an order in which a page can go on after any of them. */
export function entryLinks(
  directory: DirectoryReads,
  query: DeltaQuery,
  entry: DeltaEntry,
  recent: Recent<readonly LinkChange[]>,
): readonly LinkChange[] {
  const relations = trackedRelations(query);
  if (entry.removed !== undefined || relations.length === 0) return [];
  if (entry.links !== undefined) return inOrder(entry.links);
  const key = `${entry.id} ${directory.sequence} ${relations.join()}`;
  const present = recent.get(key, () =>
    inOrder(relations.flatMap((relation) => presentLinks(directory, entry.id, relation))),
  );
  const isBack = (gone: LinkChange): boolean =>
    present.some((link) => linkKey(link) === linkKey({ ...gone, added: true }));
  const gone = (entry.goneLinks ?? []).filter((link) => !isBack(link));
  return gone.length === 0 ? present : inOrder([...gone, ...present]);
}

/** Names a link within its object. What is gone comes first, so that whoever has room for one manager ends with the new. */
export function linkKey({ relation, target, added }: LinkChange): string {
  return `${relation} ${added ? 1 : 0} ${target.id}`;
}

function inOrder(links: readonly LinkChange[]): LinkChange[] {
  const keyed = links.map((link) => ({ link, key: linkKey(link) }));
  return keyed.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ link }) => link);
}

/** Links to objects in the recycle bin are listed too: a soft-deleted user keeps its memberships. */
function presentLinks(directory: DirectoryReads, id: string, relation: Relation): LinkChange[] {
  return [...targetsOf(directory, id, relation)].map((targetId) => ({
    relation,
    target: { kind: directory.findEvenDeleted(targetId)?.kind ?? 'user', id: targetId },
    added: true,
  }));
}

function targetsOf(directory: DirectoryReads, id: string, relation: Relation): Iterable<string> {
  if (relation === 'members') return directory.memberIds(id);
  if (relation === 'owners') return directory.ownerIds(id);
  const managerId = directory.managerId(id);
  return managerId === undefined ? [] : [managerId];
}
