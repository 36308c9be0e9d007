import type { JsonObject, JsonValue } from '../json.ts';
import type { Change, DirectoryObject, LinkChange, NewChange, ObjectKind } from './change.ts';
import type { Directory } from './directory.ts';

const RECYCLE_BIN_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

/** The writes to a directory. They assume that the caller has checked what Graph checks. */
export interface DirectoryWrites {
  create(kind: ObjectKind, id: string, properties: JsonObject, memberIds?: readonly string[]): DirectoryObject;
  /** Sets the given properties and adds members. Values equal to the present ones are no change. */
  update(object: DirectoryObject, properties: JsonObject, newMemberIds?: readonly string[]): void;
  removeMember(group: DirectoryObject, memberId: string): void;
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
  const bin = new Map<string, number>();
  const record = (change: Omit<NewChange, 'links' | 'properties'> & Partial<NewChange>): Change =>
    directory.record({ links: [], properties: [], ...change }, clock());

  function removeMember(group: DirectoryObject, memberId: string): void {
    const links = [link(directory, 'members', memberId, false)];
    record({ kind: 'group', id: group.id, action: 'updated', object: group, links });
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
    const owner = (id: string): DirectoryObject => directory.findEvenDeleted(id) ?? object;
    for (const groupId of [...directory.groupIdsOf(object.id)]) removeMember(owner(groupId), object.id);
    for (const userId of [...directory.reportIds(object.id)]) setManager(owner(userId), undefined);
    const links = [...directory.memberIds(object.id)].map((id) => link(directory, 'members', id, false));
    const managerId = directory.managerId(object.id);
    if (managerId !== undefined) links.push(link(directory, 'manager', managerId, false));
    bin.delete(object.id);
    record({ kind: object.kind, id: object.id, action: 'deleted', links });
  }

  return {
    create(kind, id, properties, memberIds = []) {
      const object = { kind, id, properties: { ...properties, id } };
      const links = memberIds.map((memberId) => link(directory, 'members', memberId, true));
      record({ kind, id, action: 'created', object, properties: Object.keys(properties), links });
      return object;
    },
    update(object, properties, newMemberIds = []) {
      const changed = Object.keys(properties).filter((name) => !same(object.properties[name], properties[name]));
      const links = newMemberIds.map((memberId) => link(directory, 'members', memberId, true));
      if (changed.length === 0 && links.length === 0) return;
      const after = { ...object, properties: { ...object.properties, ...properties } };
      record({ kind: object.kind, id: object.id, action: 'updated', object: after, properties: changed, links });
    },
    removeMember,
    setManager,
    softDelete(object) {
      const deletedAt = clock().getTime();
      bin.set(object.id, deletedAt);
      record({ kind: object.kind, id: object.id, action: 'soft-deleted', object: { ...object, deletedAt } });
    },
    restore({ kind, id, properties }) {
      bin.delete(id);
      record({ kind, id, action: 'restored', object: { kind, id, properties } });
    },
    purge,
    purgeExpired() {
      const oldest = clock().getTime() - RECYCLE_BIN_DAYS * DAY;
      for (const [id, deletedAt] of bin) {
        // Oldest first: the first one that may stay ends the search.
        if (deletedAt > oldest) return;
        const object = directory.findEvenDeleted(id);
        if (object) purge(object);
      }
    },
  };
}

function link(directory: Directory, relation: LinkChange['relation'], targetId: string, added: boolean): LinkChange {
  return { relation, target: { kind: directory.findEvenDeleted(targetId)?.kind ?? 'user', id: targetId }, added };
}

function same(before: JsonValue | undefined, after: JsonValue | undefined): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
