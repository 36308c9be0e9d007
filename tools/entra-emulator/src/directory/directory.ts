import type { Tenant } from '../entra/ports.ts';
import type { Change, DirectoryObject, LinkChange, NewChange, Relation } from './change.ts';
import type { ObjectKind } from './object-kind.ts';
import type { DirectorySeed } from './directory-seed.ts';
import { Links } from './links.ts';

/** What may be asked of a directory: reads only see live objects unless their name says otherwise. */
export interface DirectoryReads {
  readonly tenant: Tenant;
  /** The number of the latest change seen; 0 for the seed. */
  readonly sequence: number;
  /** A live object. */
  find(id: string): DirectoryObject | undefined;
  /** A live object, or one in the recycle bin. */
  findEvenDeleted(id: string): DirectoryObject | undefined;
  findUserByUpn(userPrincipalName: string): DirectoryObject | undefined;
  /** The ids of every object of a kind that ever was, oldest first; deleted ones included. */
  everyId(kind: ObjectKind): readonly string[];
  /** Direct members, those in the recycle bin included: a soft-deleted user keeps its memberships. */
  memberIds(groupId: string): Iterable<string>;
  /** Groups that have the object as a direct member. */
  groupIdsOf(memberId: string): Iterable<string>;
  isMember(groupId: string, memberId: string): boolean;
  ownerIds(groupId: string): Iterable<string>;
  /** Groups that the object owns. */
  ownedIds(ownerId: string): Iterable<string>;
  /** A user or an orgContact. */
  managerId(userId: string): string | undefined;
  reportIds(managerId: string): Iterable<string>;
  /** Changes after the given sequence, oldest first, as far as this copy has seen them. */
  changesAfter(sequence: number): readonly Change[];
}

/**
 * One tenant in memory, and the log of what happened to it. Every change goes through `record`, so that a copy which
 * applies the same log becomes the same directory. Indexed by id, by UPN and by both ends of each link.
 */
export class Directory implements DirectoryReads {
  readonly tenant: Tenant;
  readonly #objects = new Map<string, DirectoryObject>();
  readonly #ids: Record<ObjectKind, string[]> = {
    user: [],
    group: [],
    device: [],
    orgContact: [],
    servicePrincipal: [],
  };
  readonly #known = new Set<string>();
  readonly #byUpn = new Map<string, string>();
  readonly #links: Record<Relation, Links> = { members: new Links(), owners: new Links(), manager: new Links() };
  readonly #log: Change[] = [];
  readonly #listeners = new Set<(change: Change) => void>();

  constructor(seed: DirectorySeed) {
    this.tenant = seed.tenant;
    for (const object of seed.objects) this.#put(object);
    for (const [relation, id, targetIds] of seed.links) {
      for (const targetId of targetIds) this.#links[relation].add(id, targetId);
    }
  }

  get sequence(): number {
    return this.#log.length;
  }

  /** Numbers, dates and applies a change, then tells the listeners. */
  record(change: NewChange, at: Date): Change {
    const numbered: Change = { ...change, sequence: this.#log.length + 1, at: at.getTime() };
    this.apply(numbered);
    return numbered;
  }

  /** Applies the next change of a log that was recorded elsewhere. */
  apply(change: Change): void {
    this.#log.push(change);
    if (change.object) this.#put(change.object);
    else this.#remove(change.id);
    for (const link of change.links) this.#link(change.id, link);
    for (const listener of this.#listeners) listener(change);
  }

  /** Calls the listener after each change. Returns the function that ends it. */
  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  find(id: string): DirectoryObject | undefined {
    const object = this.findEvenDeleted(id);
    return object?.deletedAt === undefined ? object : undefined;
  }

  findEvenDeleted(id: string): DirectoryObject | undefined {
    return this.#objects.get(id.toLowerCase());
  }

  findUserByUpn(userPrincipalName: string): DirectoryObject | undefined {
    const id = this.#byUpn.get(userPrincipalName.toLowerCase());
    return id === undefined ? undefined : this.find(id);
  }

  everyId(kind: ObjectKind): readonly string[] {
    return this.#ids[kind];
  }

  memberIds(groupId: string): Iterable<string> {
    return this.#links.members.from(groupId);
  }

  groupIdsOf(memberId: string): Iterable<string> {
    return this.#links.members.to(memberId);
  }

  isMember(groupId: string, memberId: string): boolean {
    return this.#links.members.has(groupId, memberId);
  }

  ownerIds(groupId: string): Iterable<string> {
    return this.#links.owners.from(groupId);
  }

  ownedIds(ownerId: string): Iterable<string> {
    return this.#links.owners.to(ownerId);
  }

  managerId(userId: string): string | undefined {
    for (const managerId of this.#links.manager.from(userId)) return managerId;
    return undefined;
  }

  reportIds(managerId: string): Iterable<string> {
    return this.#links.manager.to(managerId);
  }

  changesAfter(sequence: number): readonly Change[] {
    return this.#log.slice(sequence);
  }

  #put(object: DirectoryObject): void {
    const before = this.#objects.get(object.id);
    if (before) this.#forgetUpn(before);
    // One that comes again after it was gone for good has its old place.
    if (!this.#known.has(object.id)) this.#ids[object.kind].push(object.id);
    this.#known.add(object.id);
    this.#objects.set(object.id, object);
    // Entra frees the UPN of a user in the recycle bin.
    if (object.deletedAt === undefined) this.#rememberUpn(object);
  }

  #remove(id: string): void {
    const before = this.#objects.get(id);
    if (before) this.#forgetUpn(before);
    this.#objects.delete(id);
  }

  #rememberUpn(object: DirectoryObject): void {
    const upn = object.properties['userPrincipalName'];
    if (typeof upn === 'string') this.#byUpn.set(upn.toLowerCase(), object.id);
  }

  #forgetUpn(object: DirectoryObject): void {
    const upn = object.properties['userPrincipalName'];
    if (typeof upn === 'string' && this.#byUpn.get(upn.toLowerCase()) === object.id)
      this.#byUpn.delete(upn.toLowerCase());
  }

  #link(id: string, link: LinkChange): void {
    if (link.added) this.#links[link.relation].add(id, link.target.id);
    else this.#links[link.relation].delete(id, link.target.id);
  }
}
