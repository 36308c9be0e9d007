import { setTimeout as delay } from 'node:timers/promises';
import type { DirectoryFile } from './directory/directory-file.ts';
import { createDirectoryView } from './directory/directory-view.ts';
import { entraBehindFaults } from './entra-behind-faults.ts';
import { createEntra } from './entra/create-entra.ts';
import type { FirstKeys } from './entra/keys/signing-keys.ts';
import type { Entra } from './entra/ports.ts';
import { createGraph, type GraphControls, type GraphOptions } from './graph/create-graph.ts';
import { createTenant } from './graph/create-tenant.ts';
import type { DeltaOptions } from './graph/delta/delta-options.ts';
import type { GraphService } from './graph/graph-service.ts';
import type { GraphTenant } from './graph/protocol/graph-call.ts';
import { createNotifications, type Notifications } from './notifications/create-notifications.ts';
import type { Post } from './notifications/outbound.ts';
import { scheduleInRealTime, type Schedule } from './notifications/schedule.ts';
import type { SubscriptionLimits } from './notifications/subscription-quota.ts';
import { loadPhotos } from './photos/load-photos.ts';

export interface MicrosoftOptions extends GraphOptions {
  /** How delta rounds are cut into pages. */
  readonly delta?: Partial<DeltaOptions>;
  /** Where photos named by file are looked for; the working directory by default. */
  readonly directoryBase?: string;
  readonly clock?: () => Date;
  /** Makes the ids of new users and groups; random ones by default. */
  readonly newId?: () => string;
  /** Runs notifications and their retries; real time by default. */
  readonly schedule?: Schedule;
  /** How long notifications for one endpoint are gathered into one POST; 100 by default. */
  readonly notificationGatherMs?: number;
  /** How many subscriptions there may be: Graph's own figures, unless lowered or raised. */
  readonly subscriptionLimits?: Partial<SubscriptionLimits>;
}

/** What Microsoft needs of the outside: a way to post notifications, and the addresses of its doors, once they are open. */
export interface MicrosoftDeps {
  readonly post: Post;
  readonly firstKeys?: FirstKeys;
  httpUrl(): string;
  httpsUrl(): string;
}

/** Microsoft without its doors: Graph and Entra for some tenants, in this process. */
export interface Microsoft extends GraphControls {
  readonly tenants: readonly GraphTenant[];
  /** Answers a request; with the facts of a token it asks for none. */
  readonly graph: GraphService;
  readonly entra: Entra;
  readonly notifications: Notifications;
}

/** Builds Microsoft from parsed directory files, one a tenant. Throws an EmulatorError for a photo that can't be had. */
export async function createMicrosoft(
  files: readonly [DirectoryFile, ...DirectoryFile[]],
  options: MicrosoftOptions,
  deps: MicrosoftDeps,
): Promise<Microsoft> {
  const clock = options.clock ?? (() => new Date());
  const toTenant = (file: DirectoryFile): GraphTenant =>
    createTenant(file, loadPhotos(file, options.directoryBase ?? '.'), options.delta ?? {}, clock, options.newId);
  const tenants = [toTenant(files[0]), ...files.slice(1).map(toTenant)] as const;
  const notifications = createNotifications({
    post: deps.post,
    schedule: options.schedule ?? scheduleInRealTime,
    clock,
    gatherMs: options.notificationGatherMs ?? 100,
    limits: options.subscriptionLimits ?? {},
  });
  const entra = await createEntra({
    directories: tenants.map((tenant, index) => createDirectoryView(tenant, files[index]?.signInPolicies)),
    ...(deps.firstKeys === undefined ? {} : { firstKeys: deps.firstKeys }),
    httpUrl: () => deps.httpUrl(),
    httpsUrl: () => deps.httpsUrl(),
    clock,
  });
  const byId = new Map(tenants.map((tenant) => [tenant.directory.tenant.id, tenant]));
  const { service, ...controls } = createGraph(
    {
      routes: notifications.routes,
      verifyAccessToken: (token) => entra.verifyAccessToken(token),
      tenant: (tenantId) => byId.get(tenantId),
      clock,
    },
    options,
  );
  for (const tenant of tenants) notifications.watch(tenant);
  const plugin = entraBehindFaults(entra.plugin, { faultRules: controls.faultRules, tenants, clock, wait: delay });
  return { tenants, graph: service, entra: { ...entra, plugin }, notifications, ...controls };
}
