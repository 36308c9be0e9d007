/** Requests sent so far. */
export interface RequestCount {
  /** HTTP requests, a $batch counted once. */
  readonly http: number;
  /** Requests inside of batches. */
  readonly batchMembers: number;
  /** Answers that asked to wait, of a batch member too. */
  readonly throttled: number;
  /** How long they asked to wait together, in milliseconds. */
  readonly askedToWaitMs: number;
}

/** Counts what happens to requests. */
export interface RequestCounter {
  readonly requests: RequestCount;
  sent(batchMembers: number): void;
  throttled(milliseconds: number): void;
}

/** `parent` counts them too. */
export function createRequestCount(parent?: Omit<RequestCounter, 'requests'>): RequestCounter {
  const sum = { http: 0, batchMembers: 0, throttled: 0, askedToWaitMs: 0 };
  return {
    requests: sum,
    sent: (batchMembers) => {
      sum.http += 1;
      sum.batchMembers += batchMembers;
      parent?.sent(batchMembers);
    },
    throttled: (milliseconds) => {
      sum.throttled += 1;
      sum.askedToWaitMs += milliseconds;
      parent?.throttled(milliseconds);
    },
  };
}
