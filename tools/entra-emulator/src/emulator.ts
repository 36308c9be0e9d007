import { join } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import { ensureCertificateAuthority } from './certificates/certificate-authority.ts';
import { issueCertificate } from './certificates/issue-certificate.ts';
import { makeRsaKey, storedKey } from './certificates/stored-key.ts';
import { checkOptions } from './check-options.ts';
import { MovableTime } from './clock/movable-time.ts';
import { createControl, type Control } from './control/control.ts';
import { controlPlugin } from './control/control-plugin.ts';
import { playScenario, type ScenarioStep } from './control/scenario.ts';
import { createStateView } from './control/state-view.ts';
import type { DirectoryReads } from './directory/directory.ts';
import type { DirectoryFile } from './directory/directory-file.ts';
import { checkDirectoryFile } from './directory/parse-directory-file.ts';
import { openDoors, type Doors } from './doors.ts';
import type { EntraControl } from './entra/control/entra-control.ts';
import type { Application } from './entra/ports.ts';
import type { GraphControls } from './graph/create-graph.ts';
import { graphPlugin } from './graph/graph-plugin.ts';
import type { GraphTenant } from './graph/protocol/graph-call.ts';
import { createMicrosoft, type Microsoft, type MicrosoftOptions } from './microsoft.ts';
import type { NotificationControl } from './notifications/notification-control.ts';
import { createPost } from './notifications/outbound.ts';
import { startPagePlugin } from './start-page/start-page-plugin.ts';
import { scheduleInRealTime } from './notifications/schedule.ts';

export interface EmulatorOptions extends MicrosoftOptions {
  readonly directory: DirectoryFile;
  /** Further tenants, side by side with the first. */
  readonly otherTenants?: readonly DirectoryFile[];
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
  /** Commands that are given by the emulator's clock, counted from the start. */
  readonly scenario?: readonly ScenarioStep[];
  /** Hears what became of the scenario's commands. */
  readonly onScenario?: (line: string) => void;
}

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
      httpUrl: () => addresses.httpUrl ?? '',
      httpsUrl: () => addresses.httpsUrl ?? '',
    },
  );
  const control = createControl({ microsoft, clock, time });
  const view = createStateView(microsoft, control, clock, time);
  const doors = await openEmulatorDoors(options, microsoft, [
    controlPlugin(control, view),
    startPagePlugin({ tenants: microsoft.tenants, control, view, ...urls }),
  ]);
  Object.assign(addresses, doors);
  playScenario(options.scenario ?? [], control, schedule, options.onScenario ?? (() => undefined));
  return {
    ...emulatorOf(microsoft),
    httpUrl: doors.httpUrl,
    httpsUrl: doors.httpsUrl,
    graphBaseUrl: doors.httpsUrl,
    authorityHost: doors.httpsUrl,
    caFile,
    control,
    async stop() {
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
  plainPlugins: readonly FastifyPluginAsync[],
): Promise<Doors> {
  const host = options.host ?? '127.0.0.1';
  const { certPem, keyPem } = await issueCertificate(options.certificateDirectory, [host]);
  return openDoors({
    host,
    port: options.port ?? 0,
    tlsPort: options.tlsPort ?? 0,
    tls: { cert: certPem, key: keyPem },
    plugins: [graphPlugin(graph, options.latencyMs ?? 0), entra.plugin],
    plainPlugins,
  });
}
