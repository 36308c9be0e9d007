import type { DirectoryObject, LinkChange, Relation } from './change.ts';
import type { Directory, DirectoryReads } from './directory.ts';
import { objectKinds } from './object-kind.ts';

type Links = ReadonlyMap<string, Omit<LinkChange, 'added'>>;

/** All of a directory at one moment: its objects, which are never changed in place, and the links of each. */
export interface DirectorySnapshot {
  readonly objects: ReadonlyMap<string, DirectoryObject>;
  readonly links: ReadonlyMap<string, Links>;
}

export function snapshotOf(directory: DirectoryReads): DirectorySnapshot {
  const objects = new Map<string, DirectoryObject>();
  for (const id of objectKinds.flatMap((kind) => directory.everyId(kind))) {
    const object = directory.findEvenDeleted(id);
    if (object) objects.set(id, object);
  }
  return { objects, links: new Map([...objects.keys()].map((id) => [id, linksOf(directory, id)])) };
}

/**
 * Makes a directory again what it was, by changes like any other: subscribers hear of them, and every delta link, older or
 * newer than the snapshot, goes on to the right state.
 */
export function restoreDirectory(directory: Directory, snapshot: DirectorySnapshot, now: Date): void {
  const present = snapshotOf(directory);
  // First whatever is to be there, so that no link ever leads to nothing; then what is not to be there goes.
  for (const [id, object] of snapshot.objects) {
    const links = linkChanges(present.links.get(id), snapshot.links.get(id));
    putBack(directory, present.objects.get(id), object, links, now);
  }
  for (const [id, { kind }] of present.objects) {
    if (snapshot.objects.has(id)) continue;
    const links = linkChanges(present.links.get(id), undefined);
    directory.record({ kind, id, action: 'deleted', properties: [], links }, now);
  }
}

function putBack(
  directory: Directory,
  before: DirectoryObject | undefined,
  object: DirectoryObject,
  links: readonly LinkChange[],
  now: Date,
): void {
  if (before === object && links.length === 0) return;
  const { kind, id } = object;
  const properties = changedProperties(before, object);
  directory.record({ kind, id, action: actionOf(before, object), object, properties, links }, now);
  // Somebody who was created by restoring may have been in the recycle bin then.
  if (before === undefined && object.deletedAt !== undefined) {
    directory.record({ kind, id, action: 'soft-deleted', object, properties: [], links: [] }, now);
  }
}

function actionOf(before: DirectoryObject | undefined, object: DirectoryObject) {
  if (before === undefined) return 'created';
  if (before.deletedAt === undefined) return object.deletedAt === undefined ? 'updated' : 'soft-deleted';
  return object.deletedAt === undefined ? 'restored' : 'updated';
}

function changedProperties(before: DirectoryObject | undefined, { properties }: DirectoryObject): string[] {
  const names = new Set([...Object.keys(before?.properties ?? {}), ...Object.keys(properties)]);
  return [...names].filter((name) => before?.properties[name] !== properties[name]);
}

function linkChanges(before: Links = new Map(), after: Links = new Map()): LinkChange[] {
  const removed = [...before].filter(([key]) => !after.has(key)).map(([, link]) => ({ ...link, added: false }));
  const added = [...after].filter(([key]) => !before.has(key)).map(([, link]) => ({ ...link, added: true }));
  return [...removed, ...added];
}

function linksOf(directory: DirectoryReads, id: string): Links {
  const managerId = directory.managerId(id);
  const of = (relation: Relation, targetIds: Iterable<string>): [string, Omit<LinkChange, 'added'>][] =>
    Array.from(targetIds, (targetId) => {
      const target = { kind: directory.findEvenDeleted(targetId)?.kind ?? 'user', id: targetId };
      return [`${relation} ${targetId}`, { relation, target }];
    });
  return new Map([
    ...of('members', directory.memberIds(id)),
    ...of('owners', directory.ownerIds(id)),
    ...of('manager', managerId === undefined ? [] : [managerId]),
  ]);
}
