import type { JsonObject, JsonValue } from '../json.ts';
import type { Change, DirectoryObject, LinkChange, NewChange, Relation } from './change.ts';
import type { ObjectKind } from './object-kind.ts';
import type { Directory } from './directory.ts';

const RECYCLE_BIN_MS = 30 * 24 * 60 * 60 * 1000;

/** Ids of the objects to link to: new members and owners of a group, the manager of a new user. */
export type NewLinks = Readonly<Partial<Record<Relation, readonly string[]>>>;

/** The writes to a directory. They assume that the caller has checked what Graph checks. */
export interface DirectoryWrites {
  create(kind: ObjectKind, id: string, properties: JsonObject, links?: NewLinks): DirectoryObject;
  /** Sets the given properties and adds links. Values equal to the present ones are no change. */
  update(object: DirectoryObject, properties: JsonObject, links?: NewLinks): void;
  removeLink(group: DirectoryObject, relation: 'members' | 'owners', targetId: string): void;
  /** `undefined` clears the manager. */
  setManager(user: DirectoryObject, managerId: string | undefined): void;
  /** Into the recycle bin for 30 days; links are kept. */
  softDelete(object: DirectoryObject): void;
  restore(object: DirectoryObject): void;
  /** For good, with all links to and from the object. */
  purge(object: DirectoryObject): void;
  /** Purges what has been in the recycle bin for 30 days. */
  purgeExpired(): void;
}

export function createDirectoryWrites(directory: Directory, clock: () => Date): DirectoryWrites {
  const bin = new Set<string>();
  // Asked before every request, so that the bin is looked through only when something in it is due.
  let nextPurgeAt = Infinity;
  directory.onChange(({ id, object }) => {
    if (object?.deletedAt === undefined) {
      bin.delete(id);
    } else {
      bin.add(id);
      nextPurgeAt = Math.min(nextPurgeAt, object.deletedAt + RECYCLE_BIN_MS);
    }
  });
  const record = (change: Omit<NewChange, 'links' | 'properties'> & Partial<NewChange>): Change =>
    directory.record({ links: [], properties: [], ...change }, clock());

  function removeLink(object: DirectoryObject, relation: Relation, targetId: string): void {
    const links = [link(directory, relation, targetId, false)];
    record({ kind: object.kind, id: object.id, action: 'updated', object, links });
  }

  function setManager(user: DirectoryObject, managerId: string | undefined): void {
    const before = directory.managerId(user.id);
    if (before === managerId) return;
    const links = [];
    if (before !== undefined) links.push(link(directory, 'manager', before, false));
    if (managerId !== undefined) links.push(link(directory, 'manager', managerId, true));
    record({ kind: 'user', id: user.id, action: 'updated', object: user, links });
  }

  function purge(object: DirectoryObject): void {
    const removeFrom = (ids: Iterable<string>, relation: Relation): void => {
      for (const id of [...ids]) removeLink(directory.findEvenDeleted(id) ?? object, relation, object.id);
    };
    removeFrom(directory.groupIdsOf(object.id), 'members');
    removeFrom(directory.ownedIds(object.id), 'owners');
    removeFrom(directory.reportIds(object.id), 'manager');
    const links = linksOf(directory, object.id);
    record({ kind: object.kind, id: object.id, action: 'deleted', links });
  }

  return {
    create(kind, id, properties, newLinks = {}) {
      const object = { kind, id, properties: { ...properties, id } };
      const links = added(directory, newLinks);
      record({ kind, id, action: 'created', object, properties: Object.keys(properties), links });
      return object;
    },
    update(object, properties, newLinks = {}) {
      const changed = Object.keys(properties).filter((name) => !same(object.properties[name], properties[name]));
      const links = added(directory, newLinks);
      if (changed.length === 0 && links.length === 0) return;
      const after = { ...object, properties: { ...object.properties, ...properties } };
      record({ kind: object.kind, id: object.id, action: 'updated', object: after, properties: changed, links });
    },
    removeLink,
    setManager,
    softDelete(object) {
      const deletedAt = clock().getTime();
      record({ kind: object.kind, id: object.id, action: 'soft-deleted', object: { ...object, deletedAt } });
    },
    restore({ kind, id, properties }) {
      record({ kind, id, action: 'restored', object: { kind, id, properties } });
    },
    purge,
    purgeExpired() {
      const now = clock().getTime();
      if (now < nextPurgeAt) return;
      nextPurgeAt = Infinity;
      for (const id of bin) {
        const object = directory.findEvenDeleted(id);
        if (object?.deletedAt === undefined) continue;
        const purgeAt = object.deletedAt + RECYCLE_BIN_MS;
        if (purgeAt <= now) purge(object);
        else nextPurgeAt = Math.min(nextPurgeAt, purgeAt);
      }
    },
  };
}

function added(directory: Directory, links: NewLinks): LinkChange[] {
  return (['members', 'owners', 'manager'] as const).flatMap((relation) =>
    (links[relation] ?? []).map((id) => link(directory, relation, id, true)),
  );
}

/** The links that go with an object. */
function linksOf(directory: Directory, id: string): LinkChange[] {
  const managerId = directory.managerId(id);
  return [
    ...[...directory.memberIds(id)].map((memberId) => link(directory, 'members', memberId, false)),
    ...[...directory.ownerIds(id)].map((ownerId) => link(directory, 'owners', ownerId, false)),
    ...(managerId === undefined ? [] : [link(directory, 'manager', managerId, false)]),
  ];
}

function link(directory: Directory, relation: Relation, targetId: string, added: boolean): LinkChange {
  return { relation, target: { kind: directory.findEvenDeleted(targetId)?.kind ?? 'user', id: targetId }, added };
}

function same(before: JsonValue | undefined, after: JsonValue | undefined): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
