import type { Lag } from '../directory/replica.ts';
import type { AccessToken } from '../entra/ports.ts';
import type { FaultSources } from './faults/meet-faults.ts';
import type { GraphTenant, Route } from './protocol/graph-call.ts';
import type { RequestCounter } from './request-log/request-counts.ts';
import type { RequestLog } from './request-log/request-log.ts';
import type { Gate } from './throttling/admit-visit.ts';

/** What Graph is built from. */
export interface GraphDeps extends FaultSources, Gate {
  readonly routes: readonly Route[];
  /** Rejects a token that is not valid. */
  verifyAccessToken(token: string): Promise<AccessToken>;
  tenant(tenantId: string): GraphTenant | undefined;
  readonly counter: RequestCounter;
  readonly log: RequestLog;
  readonly clock: () => Date;
  /** How far the index of advanced queries is behind the directory; not at all when undefined. */
  readonly indexLag: Lag | undefined;
  /** How a fault delays an answer. */
  wait(ms: number): Promise<unknown>;
}
