import type { Bus } from '@learnamp/bus';
import type { Organisations, Roles, SealBox } from '@learnamp/organisations';
import { addHealthRoutes, type ClientCredential, type Logger, type Metrics } from '@learnamp/service';
import type { FastifyInstance } from 'fastify';
import mongoose, { type Connection } from 'mongoose';
import { consoleAssets, readConsole } from './console/console-routes.ts';
import { findOrganisationRoutes } from './home/find-organisation-routes.ts';
import { createHosts, type HostSettings } from './hosts/hosts.ts';
import { addOpenApi } from './openapi/open-api.ts';
import { organisationRoutes } from './organisation-host.ts';
import { assetRoutes } from './pages/asset-routes.ts';
import { createParts } from './parts.ts';
import { unavailable } from './problems/problem.ts';
import type { ApiLimits } from './rate-limits/rate-limits.ts';
import type { StreamSettings } from './run-events/run-event-routes.ts';
import { createServer } from './server.ts';
import { signedOutRoutes } from './sessions/sign-out-routes.ts';
import { callbackRoutes } from './sign-in/callback-routes.ts';

/** How this installation is set up. */
export interface AppSettings extends HostSettings {
  readonly clientId: string;
  /** The preferred one first. */
  readonly clientCredentials: readonly [ClientCredential, ...ClientCredential[]];
  /** Origin such as `https://login.microsoftonline.com`. */
  readonly authorityHost: string;
  /** Whose permissions administrators are asked for: an origin such as `https://graph.microsoft.com`. */
  readonly graphResource: string;
  /** P-256 private keys in PEM, the current one first. */
  readonly sessionSigningKeys: string;
  /** Microsoft announces changes to this system, as against following them by timer. */
  readonly notified: boolean;
  /** Addresses or networks of proxies in front: only these are believed for whom they ask. */
  readonly trustedProxies: readonly string[];
  readonly apiLimits: ApiLimits;
  /** Where the administrator's console is, built; null serves none. */
  readonly consoleFolder: URL | null;
}

export interface AppDeps {
  readonly bus: Pick<Bus, 'publish'>;
  readonly connection: Connection;
  readonly organisations: Organisations;
  readonly seals: SealBox;
  readonly roles: Roles;
  readonly settings: AppSettings;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** Where requests are counted. */
  readonly metrics?: Metrics;
  /** Says when the door is about to close. */
  readonly leaving?: AbortSignal;
  /** How runs are followed, where not by the defaults. */
  readonly streams?: StreamSettings;
}

/** Builds the server; it listens when the caller says so. The topics that it writes to and the indexes must exist. */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const { settings, connection } = deps;
  const hosts = createHosts(settings);
  const server = await createServer(deps, hosts);
  const parts = await createParts(deps, hosts, server);

  addHealthRoutes(server, { live: () => true, ready: () => isConnected(connection) }, deps.leaving);
  server.get('/.well-known/jwks.json', () => parts.keys.published);
  await assetRoutes(server);
  const consolePage = settings.consoleFolder && (await readConsole(settings.consoleFolder));
  if (settings.consoleFolder) await consoleAssets(server, settings.consoleFolder);
  await addOpenApi(server);
  await at(server, connection, hosts.centralHost, (central) => {
    findOrganisationRoutes(central, parts);
    callbackRoutes(central, parts);
    signedOutRoutes(central, { ...parts, sessions: parts.sessionStore });
  });
  await at(server, connection, hosts.organisationHosts, (home) => organisationRoutes(home, parts, consolePage));
  return server;
}

/** Routes for one kind of host. They need the database for whatever they decide, so without it they say so at once. */
async function at(
  server: FastifyInstance,
  connection: Connection,
  host: string | RegExp,
  addRoutes: (scope: FastifyInstance) => void,
): Promise<void> {
  await server.register((scope, _options, done) => {
    scope.addHook('onRoute', (route) => {
      route.constraints = { host };
    });
    scope.addHook('onRequest', (_request, _reply, next) => {
      next(isConnected(connection) ? undefined : unavailable(new Error('not connected to MongoDB')));
    });
    addRoutes(scope);
    done();
  });
}

const isConnected = ({ readyState }: Connection) => readyState === mongoose.ConnectionStates.connected;
