/** How many requests were made, by template such as `GET /users/{id}`. */
export interface RequestCounts {
  /** Over HTTP, a `$batch` counting once. */
  readonly total: number;
  /** Requests inside a `$batch`. */
  readonly batchMembers: number;
  /** Both kinds together; a request that no route answers is counted as `unknown`. */
  readonly byTemplate: Readonly<Record<string, number>>;
}

/** Counts requests as they arrive. */
export class RequestCounter implements RequestCounts {
  total = 0;
  batchMembers = 0;
  readonly byTemplate: Record<string, number> = {};

  /** Returns the how manieth of its template it is. */
  count(template: string, batchMember: boolean): number {
    if (batchMember) this.batchMembers += 1;
    else this.total += 1;
    const count = (this.byTemplate[template] ?? 0) + 1;
    this.byTemplate[template] = count;
    return count;
  }
}
