import { urlOf, type Visit } from './visit.ts';

/** A request that was answered, or dropped. */
export interface LoggedRequest {
  /** Graph's `request-id`. */
  readonly id: string;
  /** When it came, by the emulator's clock. */
  readonly at: string;
  readonly method: string;
  /** Below `/v1.0`, with the query. */
  readonly url: string;
  /** Such as `GET /users/{user}`; `unknown` when no route answers. */
  readonly template: string;
  /** Absent when the token was refused. */
  readonly tenantId?: string;
  readonly appId?: string;
  /** Absent when the connection was closed without an answer. */
  readonly status?: number;
  /** What it cost of the directory's budgets. */
  readonly resourceUnits: number;
  /** Whether a budget had nothing left for it. */
  readonly throttled: boolean;
  /** The fault rules that spoilt it; `beforeRequest` for the function. */
  readonly faults: readonly string[];
  /** How long the answer took, in real time. */
  readonly ms: number;
  /** The `request-id` of the batch that it was a member of. */
  readonly batchId?: string;
}

/** The latest requests, oldest first; older ones make room for new ones. */
export class RequestLog {
  readonly #size: number;
  #entries: LoggedRequest[] = [];
  readonly #listeners: ((entry: LoggedRequest) => void)[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  entries(): readonly LoggedRequest[] {
    return this.#entries.slice(-this.#size);
  }

  reset(): void {
    this.#entries = [];
  }

  record(visit: Visit, status: number | undefined): void {
    const entry = toEntry(visit, status);
    this.#entries.push(entry);
    // Shortened now and then: to move all entries for each new one would make every request pay for the log.
    if (this.#entries.length >= 2 * this.#size) this.#entries = this.#entries.slice(-this.#size);
    for (const listener of this.#listeners) listener(entry);
  }

  /** Calls the listener after each request. */
  onRecord(listener: (entry: LoggedRequest) => void): void {
    this.#listeners.push(listener);
  }
}

function toEntry({ id, at, request, template, token, startedAt, ...visit }: Visit, status?: number): LoggedRequest {
  return {
    id,
    at: at.toISOString(),
    method: request.method,
    url: urlOf(request),
    template,
    ...(token === undefined ? {} : { tenantId: token.tenantId, appId: token.appId }),
    ...(status === undefined ? {} : { status }),
    resourceUnits: visit.units,
    throttled: visit.throttled,
    faults: visit.faults,
    ms: performance.now() - startedAt,
    ...(request.batchId === undefined ? {} : { batchId: request.batchId }),
  };
}
