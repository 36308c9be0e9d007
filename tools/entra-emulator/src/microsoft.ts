import { setTimeout as delay } from 'node:timers/promises';
import type { DirectoryFile } from './directory/directory-file.ts';
import type { Lag } from './directory/replica.ts';
import { createDirectoryView } from './directory/directory-view.ts';
import { createEntra } from './entra/create-entra.ts';
import type { FirstKeys } from './entra/keys/signing-keys.ts';
import type { Entra } from './entra/ports.ts';
import { batchRoute } from './graph/batch/batch-route.ts';
import { createTenant } from './graph/create-tenant.ts';
import type { DeltaOptions } from './graph/delta/delta-options.ts';
import type { Faults } from './graph/faults/fault.ts';
import { FaultRules } from './graph/faults/fault-rules.ts';
import { createRandom } from './generate/random.ts';
import { createGraphService, type GraphService } from './graph/graph-service.ts';
import type { GraphTenant } from './graph/protocol/graph-call.ts';
import { RequestCounter } from './graph/request-log/request-counts.ts';
import { RequestLog } from './graph/request-log/request-log.ts';
import { directoryRoutes } from './graph/routes.ts';
import { MailboxLanes } from './graph/throttling/mailbox-lanes.ts';
import { Throttle, type Throttling } from './graph/throttling/throttle.ts';
import { createNotifications, type Notifications } from './notifications/create-notifications.ts';
import type { Post } from './notifications/outbound.ts';
import { scheduleInRealTime, type Schedule } from './notifications/schedule.ts';
import type { SubscriptionLimits } from './notifications/subscription-quota.ts';
import { loadPhotos } from './photos/load-photos.ts';

export interface MicrosoftOptions {
  /** How delta rounds are cut into pages. */
  readonly delta?: Partial<DeltaOptions>;
  /** Where photos named by file are looked for; the working directory by default. */
  readonly directoryBase?: string;
  readonly clock?: () => Date;
  /** Runs notifications and their retries; real time by default. */
  readonly schedule?: Schedule;
  /** How long notifications for one endpoint are gathered into one POST; 100 by default. */
  readonly notificationGatherMs?: number;
  /** How many subscriptions there may be: Graph's own figures, unless lowered or raised. */
  readonly subscriptionLimits?: Partial<SubscriptionLimits>;
  /** May be changed while the emulator runs. */
  readonly faults?: Faults;
  /** Graph's published limits; unlike everything else they can be lifted. */
  readonly throttling?: Throttling;
  /** How far the index that answers advanced queries is behind the directory; not at all by default. */
  readonly indexLag?: Lag;
  /** How many of the latest requests `requestLog` keeps; 10,000 by default. */
  readonly requestLogSize?: number;
}

/** What Microsoft needs of the outside: a way to post notifications, and the addresses of its doors, once they are open. */
export interface MicrosoftDeps {
  readonly post: Post;
  readonly firstKeys?: FirstKeys;
  httpUrl(): string;
  httpsUrl(): string;
}

/** Microsoft without its doors: Graph and Entra for some tenants, in this process. */
export interface Microsoft {
  readonly tenants: readonly GraphTenant[];
  /** Answers a request; with the facts of a token it asks for none. */
  readonly graph: GraphService;
  readonly entra: Entra;
  readonly notifications: Notifications;
  readonly requests: RequestCounter;
  readonly requestLog: RequestLog;
  readonly faultRules: FaultRules;
}

/** Builds Microsoft from parsed directory files, one a tenant. Throws an EmulatorError for a photo that can't be had. */
export async function createMicrosoft(
  files: readonly [DirectoryFile, ...DirectoryFile[]],
  options: MicrosoftOptions,
  deps: MicrosoftDeps,
): Promise<Microsoft> {
  const clock = options.clock ?? (() => new Date());
  const toTenant = (file: DirectoryFile): GraphTenant =>
    createTenant(file, loadPhotos(file, options.directoryBase ?? '.'), options.delta ?? {}, clock);
  const tenants = [toTenant(files[0]), ...files.slice(1).map(toTenant)] as const;
  const [{ directory, applications, roles }] = tenants;
  const notifications = createNotifications({
    post: deps.post,
    schedule: options.schedule ?? scheduleInRealTime,
    clock,
    gatherMs: options.notificationGatherMs ?? 100,
    limits: options.subscriptionLimits ?? {},
  });
  const requests = new RequestCounter();
  const requestLog = new RequestLog(options.requestLogSize ?? 10_000);
  const faultRules = new FaultRules(clock, options.faults?.rules);
  const entra = await createEntra({
    directory: createDirectoryView(directory, applications, roles),
    ...(deps.firstKeys === undefined ? {} : { firstKeys: deps.firstKeys }),
    httpUrl: () => deps.httpUrl(),
    httpsUrl: () => deps.httpsUrl(),
    clock,
  });
  const byId = new Map(tenants.map((tenant) => [tenant.directory.tenant.id, tenant]));
  const graph: GraphService = createGraphService({
    routes: [...directoryRoutes, ...notifications.routes, batchRoute(() => graph)],
    verifyAccessToken: (token) => entra.verifyAccessToken(token),
    tenant: (tenantId) => byId.get(tenantId),
    faults: options.faults ?? {},
    faultRules,
    random: createRandom(1),
    throttle: new Throttle(options.throttling ?? {}),
    lanes: new MailboxLanes(),
    counter: requests,
    log: requestLog,
    indexLag: options.indexLag,
    clock,
    wait: delay,
  });
  for (const tenant of tenants) notifications.watch(tenant);
  return { tenants, graph, entra, notifications, requests, requestLog, faultRules };
}
