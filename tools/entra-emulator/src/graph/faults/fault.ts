import type { Lag } from '../../directory/replica.ts';
import type { DeltaOptions } from '../delta/delta-options.ts';

/** Whose request it is: sign-in has faults of its own besides, but goes down together with the rest. */
export type FaultService = 'graph' | 'entra';

/** A request about to be answered. */
export interface FaultRequest {
  readonly service: FaultService;
  readonly method: string;
  /** Below `/v1.0`, with the query. */
  readonly url: string;
  /** Such as `GET /users/{user}`. */
  readonly template: string;
  /** The how manieth request of its template since the start, counted from 1. */
  readonly count: number;
  readonly batchMember: boolean;
  /** Of the token; absent when that was refused. */
  readonly tenantId?: string;
  readonly appId?: string;
}

/**
 * What goes wrong with a request. Several may be combined; with `drop`, `status` or `expire` the request is not carried
 * out. All of it is plain JSON.
 */
export interface Fault {
  /** Wait first. */
  readonly delayMs?: number;
  /** Close the connection without an answer (inside a batch: status 504). */
  readonly drop?: boolean;
  /**
   * Carry the request out and close the connection in the middle of the answer's body: short of its declared length, or
   * between two chunks (inside a batch: status 504).
   */
  readonly cut?: 'length' | 'chunk';
  /** Answer with this status. 410 on a delta link carries Graph's `Location` for a new start. */
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  /** Seconds; may have a fraction. */
  readonly retryAfter?: number;
  /** A list without items and without any link, as if that were all. */
  readonly emptyAnswer?: boolean;
  /** A page without items, and a nextLink to the page that would have been. */
  readonly emptyPage?: boolean;
  /** Items with only their type and id, everything else null: as if the caller might not read more. */
  readonly idsOnly?: boolean;
  /** Refuse the token of the link, as expired; `reset` answers 410 and where to begin again. No matter to other requests. */
  readonly expire?: 'page' | 'delta' | 'reset';
  /** Read the directory as it was. Of several, one is drawn for each request, as if it had landed on one of as many replicas. */
  readonly lag?: Lag | readonly Lag[];
  /** Answer advanced queries from an index that is that far behind; other reads are as they are. */
  readonly indexLag?: Lag;
  /** Other pages of delta rounds. */
  readonly delta?: Partial<DeltaOptions>;
}

/** A fault for one request: the replica that it lands on has been drawn. */
export type DrawnFault = Omit<Fault, 'lag'> & { readonly lag?: Lag };

/** Asked before each Graph request, members of a batch included. May be replaced while the emulator runs. */
export interface Faults {
  beforeRequest?: ((request: FaultRequest) => Fault | undefined) | undefined;
  /** Rules to begin with: `FaultRule`s, checked at the start. */
  readonly rules?: readonly unknown[];
}
