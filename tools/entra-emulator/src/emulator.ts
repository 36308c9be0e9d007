import { setTimeout as delay } from 'node:timers/promises';
import { ensureCertificateAuthority } from './certificates/certificate-authority.ts';
import { issueCertificate } from './certificates/issue-certificate.ts';
import { checkOptions } from './check-options.ts';
import type { DirectoryReads } from './directory/directory.ts';
import type { DirectoryFile } from './directory/directory-file.ts';
import { createDirectoryView } from './directory/directory-view.ts';
import { checkDirectoryFile } from './directory/parse-directory-file.ts';
import { openDoors, type Doors } from './doors.ts';
import { createEntra } from './entra/create-entra.ts';
import type { Application, Entra } from './entra/ports.ts';
import { batchRoute } from './graph/batch/batch-route.ts';
import { createTenant } from './graph/create-tenant.ts';
import type { DeltaOptions } from './graph/delta/delta-options.ts';
import type { Faults } from './graph/faults/fault.ts';
import { FaultRules } from './graph/faults/fault-rules.ts';
import { createRandom } from './generate/random.ts';
import type { GraphDeps } from './graph/graph-deps.ts';
import { graphPlugin } from './graph/graph-plugin.ts';
import { createGraphService, type GraphService } from './graph/graph-service.ts';
import type { GraphTenant } from './graph/protocol/graph-call.ts';
import { RequestCounter, type RequestCounts } from './graph/request-log/request-counts.ts';
import { RequestLog } from './graph/request-log/request-log.ts';
import { directoryRoutes } from './graph/routes.ts';
import { MailboxLanes } from './graph/throttling/mailbox-lanes.ts';
import { Throttle, type Throttling } from './graph/throttling/throttle.ts';
import { Delivery, scheduleInRealTime, type Schedule } from './notifications/delivery.ts';
import { notifyOfChanges, requireReauthorization } from './notifications/notify.ts';
import { createPost, type Post } from './notifications/outbound.ts';
import { subscriptionRoutes } from './notifications/subscription-routes.ts';
import { loadPhotos } from './photos/load-photos.ts';

export interface EmulatorOptions {
  readonly directory: DirectoryFile;
  /** Where photos named by file are looked for; the working directory by default. */
  readonly directoryBase?: string;
  /** Of the http door; 0, the default, for any free port. */
  readonly port?: number;
  /** Of the https door; 0, the default, for any free port. */
  readonly tlsPort?: number;
  /** `127.0.0.1` by default. */
  readonly host?: string;
  /** Where the authority and its certificates are kept; made when missing. */
  readonly certificateDirectory: string;
  /** What each Graph request waits before it is answered; members of a batch wait together. */
  readonly latencyMs?: number;
  readonly clock?: () => Date;
  /** Runs notifications and their retries; real time by default. */
  readonly schedule?: Schedule;
  /** How long notifications for one endpoint are gathered into one POST; 100 by default. */
  readonly notificationGatherMs?: number;
  /** May be changed while the emulator runs. */
  readonly faults?: Faults;
  /** How delta rounds are cut into pages. */
  readonly delta?: Partial<DeltaOptions>;
  /** Graph's published limits; unlike everything else they can be lifted. */
  readonly throttling?: Throttling;
  /** How many of the latest requests `requestLog` keeps; 10,000 by default. */
  readonly requestLogSize?: number;
}

/** A running emulator. */
export interface Emulator {
  readonly httpUrl: string;
  readonly httpsUrl: string;
  /** The https origin, without the version: `https://localhost:4143`. */
  readonly graphBaseUrl: string;
  /** The https origin: the emulator's `https://login.microsoftonline.com`. */
  readonly authorityHost: string;
  /** The certificate that callers must trust, as a PEM file. */
  readonly caFile: string;
  readonly tenantId: string;
  readonly applications: readonly Application[];
  /** The directory as it is now, for tests to compare with. */
  readonly directory: DirectoryReads;
  readonly requests: RequestCounts;
  readonly requestLog: Pick<RequestLog, 'entries' | 'reset'>;
  /** What goes wrong: may be changed at any time. */
  readonly faultRules: FaultRules;
  /**
   * Sends `reauthorizationRequired` to a subscription's lifecycle URL; changes are lost to it until it answers by
   * reauthorising or renewing. False when it does not exist or has no such URL.
   */
  requireReauthorization(subscriptionId: string): boolean;
  /** Closes both doors at once, without waiting for kept-alive connections. */
  stop(): Promise<void>;
}

/**
 * Starts a local Microsoft for one tenant. Throws an EmulatorError for a bad directory, a bad option or a port that is taken; then
 * nothing is left running.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  checkOptions(options);
  const clock = options.clock ?? (() => new Date());
  const file = checkDirectoryFile(options.directory);
  const photos = loadPhotos(file, options.directoryBase ?? '.');
  const { caFile, caPem } = await ensureCertificateAuthority(options.certificateDirectory);
  const tenant = createTenant(file, photos, options.delta ?? {}, clock);
  const post = createPost(caPem);
  const gatherMs = options.notificationGatherMs ?? 100;
  const delivery = new Delivery({ post, clock, gatherMs, schedule: options.schedule ?? scheduleInRealTime });
  const requests = new RequestCounter();
  const requestLog = new RequestLog(options.requestLogSize ?? 10_000);
  const faultRules = new FaultRules(clock, options.faults?.rules);
  const observed = { counter: requests, log: requestLog, faultRules };
  const doors = await openEmulatorDoors(options, tenant, post, observed, clock);
  notifyOfChanges(tenant, delivery);
  return {
    httpUrl: doors.httpUrl,
    httpsUrl: doors.httpsUrl,
    graphBaseUrl: doors.httpsUrl,
    authorityHost: doors.httpsUrl,
    caFile,
    tenantId: file.tenant.id,
    applications: tenant.applications.all(),
    directory: tenant.directory,
    requests,
    requestLog,
    faultRules,
    requireReauthorization: (subscriptionId) => requireReauthorization(tenant, delivery, subscriptionId),
    async stop() {
      delivery.close();
      await doors.close();
    },
  };
}

/** What can be watched and changed from outside while Graph answers. */
type Observed = Pick<GraphDeps, 'counter' | 'log' | 'faultRules'>;

async function openEmulatorDoors(
  options: EmulatorOptions,
  tenant: GraphTenant,
  post: Post,
  observed: Observed,
  clock: () => Date,
): Promise<Doors> {
  const host = options.host ?? '127.0.0.1';
  const { certPem, keyPem } = await issueCertificate(options.certificateDirectory, [host]);
  const addresses: Partial<Doors> = {};
  const entra = await createEntra({
    directory: createDirectoryView(tenant.directory, tenant.applications, tenant.roles),
    httpUrl: () => addresses.httpUrl ?? '',
    httpsUrl: () => addresses.httpsUrl ?? '',
    clock,
  });
  const graph = graphOf(options, tenant, post, observed, clock, entra);
  const doors = await openDoors({
    host,
    port: options.port ?? 0,
    tlsPort: options.tlsPort ?? 0,
    tls: { cert: certPem, key: keyPem },
    plugins: [graphPlugin(graph, options.latencyMs ?? 0), entra.plugin],
  });
  return Object.assign(addresses, doors);
}

function graphOf(
  options: EmulatorOptions,
  tenant: GraphTenant,
  post: Post,
  observed: Observed,
  clock: () => Date,
  entra: Entra,
): GraphService {
  const graph: GraphService = createGraphService({
    routes: [...directoryRoutes, ...subscriptionRoutes(post), batchRoute(() => graph)],
    verifyAccessToken: (token) => entra.verifyAccessToken(token),
    tenant: (tenantId) => (tenantId === tenant.directory.tenant.id ? tenant : undefined),
    faults: options.faults ?? {},
    random: createRandom(1),
    throttle: new Throttle(options.throttling ?? {}),
    lanes: new MailboxLanes(),
    ...observed,
    clock,
    wait: delay,
  });
  return graph;
}
