/** Requests sent so far. */
export interface RequestCount {
  /** HTTP requests, a $batch counted once. */
  readonly http: number;
  /** Requests inside of batches. */
  readonly batchMembers: number;
}

/** Counts requests; `parent` counts them too. */
export function createRequestCount(parent?: (batchMembers: number) => void) {
  const sum = { http: 0, batchMembers: 0 };
  return {
    requests: sum as RequestCount,
    add: (batchMembers: number) => {
      sum.http += 1;
      sum.batchMembers += batchMembers;
      parent?.(batchMembers);
    },
  };
}
