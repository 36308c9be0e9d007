import type { Visit } from './visit.ts';

/** How many requests were made since the start, or since the last reset. */
export interface RequestCounts {
  /** Over HTTP, a `$batch` counting once. */
  readonly total: number;
  /** Requests inside a `$batch`. */
  readonly batchMembers: number;
  /** Both kinds together, by template such as `GET /users/{user}`; what no route answers is counted as `unknown`. */
  readonly byTemplate: Readonly<Record<string, number>>;
  /** Both kinds together, by tenant id. Requests without a valid token belong to none. */
  readonly byTenant: Readonly<Record<string, number>>;
  /** Both kinds together, by application id. */
  readonly byApp: Readonly<Record<string, number>>;
  reset(): void;
}

/** Counts requests as they arrive. */
export class RequestCounter implements RequestCounts {
  total = 0;
  batchMembers = 0;
  byTemplate: Record<string, number> = {};
  byTenant: Record<string, number> = {};
  byApp: Record<string, number> = {};

  /** Returns the how manieth of its template it is. */
  count({ template, request, token }: Pick<Visit, 'template' | 'request' | 'token'>): number {
    if (request.batchId === undefined) this.total += 1;
    else this.batchMembers += 1;
    if (token !== undefined) {
      increment(this.byTenant, token.tenantId);
      increment(this.byApp, token.appId);
    }
    return increment(this.byTemplate, template);
  }

  reset(): void {
    this.total = 0;
    this.batchMembers = 0;
    this.byTemplate = {};
    this.byTenant = {};
    this.byApp = {};
  }
}

function increment(counts: Record<string, number>, key: string): number {
  return (counts[key] = (counts[key] ?? 0) + 1);
}
