import type { Lag } from '../../directory/replica.ts';

/** A request about to be answered. */
export interface FaultRequest {
  readonly method: string;
  /** Below `/v1.0`, with the query. */
  readonly url: string;
  /** Such as `GET /users/{id}`. */
  readonly template: string;
  /** The how manieth request of its template since the start, counted from 1. */
  readonly count: number;
  readonly batchMember: boolean;
}

/** What goes wrong with a request. Several may be combined; with `status` the request is not carried out. */
export interface Fault {
  /** Wait first. */
  readonly delayMs?: number;
  /** Close the connection without an answer (inside a batch: status 504). */
  readonly drop?: boolean;
  /** Answer with this status. 410 on a delta link carries Graph's `Location` for a new start. */
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  /** Seconds; may have a fraction. */
  readonly retryAfter?: number;
  /** A page without items, and a nextLink to the page that would have been. */
  readonly emptyPage?: boolean;
  /** Read the directory as it was. */
  readonly lag?: Lag;
}

/** Asked before each Graph request, members of a batch included. May be replaced while the emulator runs. */
export interface Faults {
  beforeRequest?: ((request: FaultRequest) => Fault | undefined) | undefined;
}
