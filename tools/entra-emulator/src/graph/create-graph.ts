import { setTimeout as delay } from 'node:timers/promises';
import type { Lag } from '../directory/replica.ts';
import { createRandom } from '../generate/random.ts';
import { batchRoute } from './batch/batch-route.ts';
import type { Faults } from './faults/fault.ts';
import { FaultRules } from './faults/fault-rules.ts';
import type { GraphDeps } from './graph-deps.ts';
import { createGraphService, type GraphService } from './graph-service.ts';
import { RequestCounter, type RequestCounts } from './request-log/request-counts.ts';
import { RequestLog } from './request-log/request-log.ts';
import { directoryRoutes, ownRoutes } from './routes.ts';
import { MailboxLanes } from './throttling/mailbox-lanes.ts';
import { Throttle, type Throttling } from './throttling/throttle.ts';

/** How many requests the log keeps unless told otherwise. */
const LOG_SIZE = 10_000;

/** What can be chosen about Graph. */
export interface GraphOptions {
  /** May be changed while Graph runs. */
  readonly faults?: Faults;
  /** Graph's published limits; unlike everything else they can be lifted. */
  readonly throttling?: Throttling;
  /** How far the index that answers advanced queries is behind the directory; not at all by default. */
  readonly indexLag?: Lag;
  /** How many of the latest requests `requestLog` keeps; 10,000 by default. */
  readonly requestLogSize?: number;
}

/** What can be watched and changed from outside while Graph answers. */
export interface GraphControls {
  readonly requests: RequestCounts;
  readonly requestLog: Pick<RequestLog, 'entries' | 'reset' | 'onRecord'>;
  /** What goes wrong: may be changed at any time. */
  readonly faultRules: FaultRules;
  /** The limits in force. */
  readonly throttle: Pick<Throttle, 'change' | 'isOn'>;
}

/** What Graph needs from its surroundings, and routes besides those of the directory. */
export interface GraphSurroundings extends Pick<GraphDeps, 'verifyAccessToken' | 'tenant' | 'clock'> {
  readonly routes: GraphDeps['routes'];
  /** How a fault delays an answer; real time by default. */
  readonly wait?: GraphDeps['wait'];
}

/** Graph as a function, with everything that watches it. */
export function createGraph(
  { routes, ...surroundings }: GraphSurroundings,
  { faults = {}, throttling = {}, indexLag, requestLogSize = LOG_SIZE }: GraphOptions,
): GraphControls & { readonly service: GraphService } {
  const requests = new RequestCounter();
  const requestLog = new RequestLog(requestLogSize);
  const throttle = new Throttle(throttling);
  const faultRules = new FaultRules(surroundings.clock, faults.rules);
  const service: GraphService = createGraphService({
    wait: delay,
    ...surroundings,
    routes: [...directoryRoutes, ...ownRoutes, ...routes, batchRoute(() => service)],
    faults,
    faultRules,
    random: createRandom(1),
    throttle,
    lanes: new MailboxLanes(),
    counter: requests,
    log: requestLog,
    indexLag,
  });
  return { service, requests, requestLog, faultRules, throttle };
}
