import { join } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import { ensureCertificateAuthority } from './certificates/certificate-authority.ts';
import { issueCertificate } from './certificates/issue-certificate.ts';
import { makeRsaKey, storedKey } from './certificates/stored-key.ts';
import { checkOptions } from './check-options.ts';
import { MovableTime } from './clock/movable-time.ts';
import { createControl, type Control } from './control/control.ts';
import { controlPlugin } from './control/control-plugin.ts';
import { playScenario } from './control/play-scenario.ts';
import { createStateView } from './control/state-view.ts';
import type { DirectoryReads } from './directory/directory.ts';
import { checkDirectoryFile } from './directory/parse-directory-file.ts';
import { openDoors, type Doors } from './doors.ts';
import type { EmulatorOptions } from './emulator-options.ts';
import type { EntraControl } from './entra/control/entra-control.ts';
import type { Application } from './entra/ports.ts';
import type { GraphControls } from './graph/create-graph.ts';
import { graphPlugin, type Latency } from './graph/graph-plugin.ts';
import type { GraphTenant } from './graph/protocol/graph-call.ts';
import { createMicrosoft, type Microsoft } from './microsoft.ts';
import type { NotificationControl } from './notifications/notification-control.ts';
import { createPost } from './notifications/outbound.ts';
import { startPagePlugin } from './start-page/start-page-plugin.ts';
import { scheduleInRealTime, Timers } from './notifications/schedule.ts';

/** One of the tenants of a running emulator. */
export interface EmulatedTenant {
  readonly tenantId: string;
  readonly applications: readonly Application[];
  /** The directory as it is now, for tests to compare with. */
  readonly directory: DirectoryReads;
}

/** A running emulator. What belongs to a tenant is also here for the first one. */
export interface Emulator extends EmulatedTenant, GraphControls {
  readonly httpUrl: string;
  readonly httpsUrl: string;
  /** The https origin, without the version: `https://localhost:4143`. */
  readonly graphBaseUrl: string;
  /** The https origin: the emulator's `https://login.microsoftonline.com`. */
  readonly authorityHost: string;
  /** The certificate that callers must trust, as a PEM file. */
  readonly caFile: string;
  readonly tenants: readonly EmulatedTenant[];
  /** Subscriptions and deliveries to look at, and faults for them. */
  readonly notifications: NotificationControl;
  /** What goes wrong at sign-in and with tokens: may be changed at any time. */
  readonly entra: EntraControl;
  /** Every one of these by commands as data: what the control API over HTTP and scenario files are made of. */
  readonly control: Control;
  /**
   * Sends `reauthorizationRequired` to a subscription's lifecycle URL; changes are lost to it until it answers by
   * reauthorising or renewing. False when it does not exist or has no such URL.
   */
  requireReauthorization(subscriptionId: string): boolean;
  /** Closes both doors at once, without waiting for kept-alive connections. */
  stop(): Promise<void>;
}

/**
 * Starts a local Microsoft. Throws an EmulatorError for a bad directory, a bad option or a port that is taken; then nothing
 * is left running.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  checkOptions(options);
  const files = [
    checkDirectoryFile(options.directory),
    ...(options.otherTenants ?? []).map((file) => checkDirectoryFile(file)),
  ] as const;
  const { caFile, caPem } = await ensureCertificateAuthority(options.certificateDirectory);
  const addresses: Partial<Doors> = {};
  const urls = { httpUrl: () => addresses.httpUrl ?? '', httpsUrl: () => addresses.httpsUrl ?? '' };
  // Whoever gives a clock moves it; else it is ours, and commands can move it.
  const time = options.clock === undefined ? new MovableTime() : undefined;
  const clock = options.clock ?? time?.clock ?? (() => new Date());
  const schedule = options.schedule ?? time?.schedule ?? scheduleInRealTime;
  const microsoft = await createMicrosoft(
    files,
    { ...options, clock, schedule },
    {
      post: createPost(caPem, schedule),
      firstKeys: (name) => storedKey(join(options.certificateDirectory, `signing-${name}.pem`), makeRsaKey),
      ...urls,
    },
  );
  const latency: Latency = { ms: options.latencyMs ?? 0 };
  const controlDeps = { microsoft, latency, clock, time };
  const control = createControl(controlDeps);
  const view = createStateView(controlDeps, control);
  const reach = options.controlFor ?? 'this-machine';
  const doors = await openEmulatorDoors(options, microsoft, latency, [
    controlPlugin(control, view, reach),
    startPagePlugin({ tenants: microsoft.tenants, control, view, reach, ...urls }),
  ]);
  Object.assign(addresses, doors);
  const timers = new Timers(schedule);
  const report = options.onScenario ?? (() => undefined);
  playScenario(options.scenario ?? [], { control, timers, requestLog: microsoft.requestLog, report });
  return {
    ...emulatorOf(microsoft),
    httpUrl: doors.httpUrl,
    httpsUrl: doors.httpsUrl,
    graphBaseUrl: doors.httpsUrl,
    authorityHost: doors.httpsUrl,
    caFile,
    control,
    async stop() {
      timers.close();
      time?.close();
      microsoft.notifications.close();
      await doors.close();
    },
  };
}

function emulatorOf({
  tenants,
  notifications,
  requests,
  requestLog,
  faultRules,
  throttle,
  entra,
}: Microsoft): Omit<Emulator, keyof Doors | AddressNames | 'control' | 'stop'> {
  const [first, ...others] = tenants.map(emulatedTenant);
  if (first === undefined) throw new TypeError('there is always a tenant');
  return {
    ...first,
    tenants: [first, ...others],
    requests,
    requestLog,
    faultRules,
    throttle,
    entra,
    notifications: notifications.control,
    requireReauthorization: (id) => notifications.control.sendLifecycleEvent(id, 'reauthorizationRequired'),
  };
}

type AddressNames = 'graphBaseUrl' | 'authorityHost' | 'caFile';

function emulatedTenant({ directory, applications }: GraphTenant): EmulatedTenant {
  return { tenantId: directory.tenant.id, applications: applications.all(), directory };
}

async function openEmulatorDoors(
  options: EmulatorOptions,
  { graph, entra }: Microsoft,
  latency: Latency,
  plainPlugins: readonly FastifyPluginAsync[],
): Promise<Doors> {
  const host = options.host ?? '127.0.0.1';
  const { certPem, keyPem } = await issueCertificate(options.certificateDirectory, [host]);
  return openDoors({
    host,
    port: options.port ?? 0,
    tlsPort: options.tlsPort ?? 0,
    tls: { cert: certPem, key: keyPem },
    plugins: [graphPlugin(graph, latency), entra.plugin],
    plainPlugins,
  });
}
