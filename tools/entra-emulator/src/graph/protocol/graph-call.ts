import type { Applications } from '../../directory/applications.ts';
import type { Directory, DirectoryReads } from '../../directory/directory.ts';
import type { DirectoryRoles } from '../../directory/directory-roles.ts';
import type { DirectoryWrites } from '../../directory/directory-writes.ts';
import type { Replicas } from '../../directory/replica.ts';
import type { AccessToken } from '../../entra/ports.ts';
import type { PhotoStore } from '../../photos/photo-store.ts';
import type { DeltaWalks } from '../delta/delta-walks.ts';
import type { DrawnFault } from '../faults/fault.ts';
import type { ListPages } from '../paging/list-page.ts';
import type { QueryOptions } from '../query/query-options.ts';
import type { GraphAnswer, GraphRequest } from './graph-request.ts';

/** All that belongs to one tenant. Several can stand side by side; the token says which is meant. */
export interface GraphTenant {
  readonly directory: Directory;
  readonly replicas: Replicas;
  readonly writes: DirectoryWrites;
  readonly photos: PhotoStore;
  readonly applications: Applications;
  readonly roles: DirectoryRoles;
  readonly listPages: ListPages;
  readonly delta: DeltaWalks;
  /** The id of a new object. */
  newId(): string;
}

/** A request that was let in, with what it takes to answer it. */
export interface GraphCall {
  readonly requestId: string;
  readonly request: GraphRequest;
  /** Parts of the path by the names of the route, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly options: QueryOptions;
  readonly token: AccessToken;
  readonly tenant: GraphTenant;
  /** Where reads look: the directory, or a copy that lags behind it. */
  readonly directory: DirectoryReads;
  /** Where advanced queries look: an index that may lag behind the directory. */
  index(): DirectoryReads;
  /** What goes wrong with it, as far as the route has to do with that. */
  readonly fault: DrawnFault;
  readonly now: Date;
}

/** One thing that Graph can do. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Such as `/users/{id}/manager`. Also the name under which requests are counted. */
  readonly path: string;
  /** Any one of these permissions opens it, whoever calls; none are needed when there are none. */
  readonly permissions: readonly string[];
  /** These too open it to a signed-in person. */
  readonly delegated?: readonly string[];
  /** And these to somebody who asks for themselves. */
  readonly own?: readonly string[];
  /** Whether the path is about the signed-in person: `/me`. */
  readonly aboutMe?: true;
  handle(call: GraphCall): GraphAnswer | Promise<GraphAnswer>;
}

/** A part of the path that the route has by definition. */
export function parameter(call: GraphCall, name: string): string {
  const value = call.parameters[name];
  if (value === undefined) throw new TypeError(`the route has no parameter ${name}`);
  return value;
}

/** Whether the token carries any of the permissions. */
export function holds(call: Pick<GraphCall, 'token'>, permissions: readonly string[]): boolean {
  return permissions.some((name) => call.token.roles.includes(name) || call.token.scopes.includes(name));
}
