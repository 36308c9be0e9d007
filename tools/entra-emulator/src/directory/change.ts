import type { JsonObject } from '../json.ts';
import type { ObjectKind } from './object-kind.ts';

/** An object of the directory. Never changed in place: a change puts a new one in its place. */
export interface DirectoryObject {
  readonly kind: ObjectKind;
  readonly id: string;
  /** Graph's properties. One that was never set is absent, one that was cleared is null. */
  readonly properties: Readonly<JsonObject>;
  /** Since when the object has been in the recycle bin, in milliseconds since 1970. */
  readonly deletedAt?: number;
}

/** What links objects: members and owners of a group, the manager of a user. */
export type Relation = 'members' | 'owners' | 'manager';

/** A link that appeared or went. */
export interface LinkChange {
  readonly relation: Relation;
  readonly target: { readonly kind: ObjectKind; readonly id: string };
  readonly added: boolean;
}

/** Soft-deleted objects are in the recycle bin; deleted ones are gone for good. */
export type ChangeAction = 'created' | 'updated' | 'soft-deleted' | 'restored' | 'deleted';

/** One entry of the change log: all that a copy of the directory needs to follow. */
export interface Change {
  /** Counts up from 1 without gaps. */
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: ObjectKind;
  readonly id: string;
  readonly action: ChangeAction;
  /** Names of the properties whose values differ now; links are in `links`. */
  readonly properties: readonly string[];
  /** The object afterwards; absent once it is deleted for good. */
  readonly object?: DirectoryObject;
  readonly links: readonly LinkChange[];
}

/** A change before the log has numbered and dated it. */
export type NewChange = Omit<Change, 'sequence' | 'at'>;
