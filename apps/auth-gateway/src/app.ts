import fastifyCookie from '@fastify/cookie';
import fastifyFormbody from '@fastify/formbody';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import type { Bus } from '@learnamp/bus';
import type { Organisations, Roles, SealBox } from '@learnamp/organisations';
import {
  addHealthRoutes,
  type ClientCredential,
  createCredentialChoice,
  countRequests,
  type CredentialChoice,
  type Logger,
  type Metrics,
  traceRequests,
} from '@learnamp/service';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import mongoose, { type Connection } from 'mongoose';
import { createTokenCallers } from './api-tokens/token-callers.ts';
import { tokenRoutes } from './api-tokens/token-routes.ts';
import { explanationRoutes } from './explanations/explanation-routes.ts';
import { consoleAssets, consoleRoutes, readConsole } from './console/console-routes.ts';
import { createHeldChanges } from './held-changes/held-changes.ts';
import { createReadConflicts } from './conflicts/conflict-list.ts';
import { conflictRoutes } from './conflicts/conflict-routes.ts';
import { createReadRenames } from './department-renames/rename-list.ts';
import { renameRoutes } from './department-renames/rename-routes.ts';
import { groupTreeRoutes } from './group-tree/group-tree-routes.ts';
import { heldChangesRoutes } from './held-changes/held-changes-routes.ts';
import { findOrganisationRoutes } from './home/find-organisation-routes.ts';
import { homeRoutes } from './home/home-routes.ts';
import { createHosts, type Hosts, type HostSettings } from './hosts/hosts.ts';
import { takeIdempotencyKeys } from './idempotency/idempotency-keys.ts';
import { createKeptAnswers } from './idempotency/kept-answers.ts';
import { importRoutes } from './imports/import-routes.ts';
import { settingsRoutes } from './integration-settings/settings-routes.ts';
import { invitationAdminRoutes } from './invitations/invitation-admin-routes.ts';
import { createReadInvitations } from './invitations/invitation-list.ts';
import { type FirstPasswordDeps, firstPasswordRoutes } from './invitations/first-password-routes.ts';
import { invitationRoutes } from './invitations/invitation-routes.ts';
import { managerRoutes } from './managers/manager-routes.ts';
import { mappingTestRoutes } from './mapping-tests/mapping-test-routes.ts';
import { meRoutes } from './me/me-routes.ts';
import { createAuthorities, isLoopback } from './microsoft/authorities.ts';
import { createClientAuthentication } from './microsoft/client-authentication.ts';
import { createMicrosoft } from './microsoft/microsoft.ts';
import { type Models, modelsOf } from './models.ts';
import { overviewRoutes } from './overview/overview-routes.ts';
import { notificationTestRoutes } from './notification-tests/notification-test-routes.ts';
import { assetRoutes } from './pages/asset-routes.ts';
import { securityHeaders } from './pages/security-headers.ts';
import { ownPhotoRoutes } from './own-photo/own-photo-routes.ts';
import { forgottenRoutes } from './password-links/forgotten-routes.ts';
import { newPasswordRoutes, type NewPasswordRoutesDeps } from './password-links/new-password-routes.ts';
import { createAttempts } from './passwords/attempts.ts';
import { createKnownBrowsers } from './passwords/known-browsers.ts';
import { addOpenApi, openApiRoutes } from './openapi/open-api.ts';
import { type PasswordSignInDeps, passwordSignInRoutes } from './passwords/password-sign-in-routes.ts';
import { peopleRoutes } from './people/people-routes.ts';
import { answerProblems } from './problems/answer-problems.ts';
import { unavailable } from './problems/problem.ts';
import { type ApiLimits, limitApi } from './rate-limits/rate-limits.ts';
import { auditList } from './records/audit-list.ts';
import { provisioningLogList } from './records/provisioning-log-list.ts';
import { recordRoutes } from './records/record-routes.ts';
import { runList } from './records/run-list.ts';
import { runEventRoutes, type StreamSettings } from './run-events/run-event-routes.ts';
import { addAccessTokens } from './sessions/access-tokens.ts';
import { createArrivals } from './sessions/arrivals.ts';
import { sessionRoutes } from './sessions/session-routes.ts';
import { createSessionStore } from './sessions/session-store.ts';
import { signedOutRoutes, signOutRoutes } from './sessions/sign-out-routes.ts';
import { readSigningKeys } from './sessions/signing-keys.ts';
import { createVisitors } from './sessions/visitors.ts';
import { callbackRoutes } from './sign-in/callback-routes.ts';
import { completeRoutes } from './sign-in/complete-routes.ts';
import { createExplainRefusal } from './sign-in/explain-refusal.ts';
import { createSignInStore } from './sign-in/sign-in-store.ts';
import { signInTestRoutes } from './sign-in/sign-in-test-routes.ts';
import { startRoutes } from './sign-in/start-routes.ts';
import { signInTraceRoutes } from './sign-in-traces/sign-in-trace-routes.ts';
import { createSignInTraces } from './sign-in-traces/sign-in-traces.ts';
import { skippedRoutes } from './skipped-people/skipped-routes.ts';
import { connectRoutes } from './tenant-connection/connect-routes.ts';
import { microsoftRoutes } from './tenant-connection/microsoft-routes.ts';
import { createTenantClaims } from './tenant-connection/tenant-claims.ts';
import { cancelRoutes } from './sync-runs/cancel-routes.ts';
import { oneRunRoutes } from './sync-runs/one-run-routes.ts';
import { createRuns } from './sync-runs/runs.ts';
import { createReadWaitingRuns } from './sync-runs/waiting-runs.ts';
import { syncRunRoutes } from './sync-runs/sync-run-routes.ts';
import { teamRoutes } from './teams/team-routes.ts';

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
  const { settings, logger, connection } = deps;
  const hosts = createHosts(settings);
  const server = await createServer(deps, hosts);
  const keys = await readSigningKeys(settings.sessionSigningKeys);
  const tokens = await addAccessTokens(server, { keys, issuer: settings.centralOrigin, clock: deps.clock });
  const redirectUri = `${settings.centralOrigin}/auth/callback`;
  const credentials = createCredentialChoice(settings.clientCredentials, deps.clock);
  const authorities = await authoritiesOf(deps, credentials);
  const microsoft = createMicrosoft({ authorities, credentials, redirectUri });
  const models = modelsOf(connection);
  const traces = createSignInTraces(models.signInTraces, deps.clock);
  const explain = createExplainRefusal(logger, traces);
  const parts = { ...deps, ...models, hosts, microsoft, tokens, explain };
  const signIns = createSignInStore(models.transactions, models.handOvers, deps.clock);
  const claims = createTenantClaims({ ...deps, tenantClaims: models.tenantClaims });
  const sessions = createSessionStore(models.sessions, deps.clock);

  addHealthRoutes(server, { live: () => true, ready: () => isConnected(connection) }, deps.leaving);
  server.get('/.well-known/jwks.json', () => keys.published);
  await assetRoutes(server);
  const consolePage = settings.consoleFolder && (await readConsole(settings.consoleFolder));
  if (settings.consoleFolder) await consoleAssets(server, settings.consoleFolder);
  await addOpenApi(server);
  await at(server, connection, hosts.centralHost, (central) => {
    findOrganisationRoutes(central, parts);
    callbackRoutes(central, { ...parts, signIns, claims });
    signedOutRoutes(central, { ...parts, sessions });
  });
  await at(server, connection, hosts.organisationHosts, (home) => {
    limitApi(home, settings.apiLimits);
    const visitors = createVisitors({ ...parts, sessions });
    const arrivals = createArrivals({ ...parts, visitors, tokenCallers: createTokenCallers(parts) });
    takeIdempotencyKeys(home, { ...parts, arrivals, keptAnswers: createKeptAnswers(models.keptAnswers, deps.clock) });
    const runs = createRuns(models.runs, models.learners);
    const readWaitingRuns = createReadWaitingRuns(models.workRecords, models.learners);
    const heldChanges = createHeldChanges(models.heldSets, models.personRecords);
    const readInvitations = createReadInvitations(parts);
    const readConflicts = createReadConflicts(models.conflicts, models.learners);
    const readRenames = createReadRenames(models.renameOffers);
    const readers = { runs, readWaitingRuns, heldChanges, readConflicts, readRenames, readInvitations };
    homeRoutes(home, { ...parts, ...readers, arrivals, notified: settings.notified });
    meRoutes(home, { ...parts, arrivals });
    overviewRoutes(home, {
      ...parts,
      ...readers,
      runModel: models.runs,
      arrivals,
      credentials,
      notified: settings.notified,
    });
    peopleRoutes(home, { ...parts, arrivals, runs, traces, sessionStore: sessions });
    if (consolePage) consoleRoutes(home, { arrivals, page: consolePage });
    startRoutes(home, { ...parts, arrivals, signIns });
    signInTestRoutes(home, { ...parts, arrivals, signIns });
    completeRoutes(home, { ...parts, arrivals, signIns, visitors, traces, clientId: settings.clientId });
    passwordRoutes(home, { ...parts, arrivals, visitors, sessionStore: sessions });
    signOutRoutes(home, { ...parts, arrivals, visitors });
    sessionRoutes(home, { arrivals, sessions });
    signInTraceRoutes(home, { ...parts, arrivals, traces });
    invitationRoutes(home, { ...parts, arrivals });
    conflictRoutes(home, { ...parts, arrivals, readConflicts });
    renameRoutes(home, { ...parts, arrivals, readRenames });
    invitationAdminRoutes(home, { ...parts, arrivals, readInvitations });
    settingsRoutes(home, { ...parts, arrivals });
    notificationTestRoutes(home, { ...parts, arrivals });
    tokenRoutes(home, { ...parts, arrivals });
    openApiRoutes(home);
    // In a scope of its own, which reads other kinds of bodies.
    void home.register((scope) => importRoutes(scope, { ...parts, arrivals }));
    const { authorityHost, clientId, graphResource } = settings;
    connectRoutes(home, {
      ...parts,
      arrivals,
      claims,
      clientId,
      consentAsker: { authorityHost, clientId, graphResource, redirectUri },
    });
    microsoftRoutes(home, { ...parts, arrivals });
    syncRunRoutes(home, { ...parts, arrivals, runs });
    recordRoutes(home, { arrivals }, provisioningLogList(parts));
    recordRoutes(home, { arrivals }, runList({ runModel: models.runs, runs }));
    recordRoutes(home, { arrivals }, auditList(parts));
    runEventRoutes(home, { ...parts, arrivals, runs });
    cancelRoutes(home, { ...parts, arrivals, runs });
    explanationRoutes(home, { ...parts, arrivals });
    heldChangesRoutes(home, { ...parts, arrivals, runs, heldChanges });
    oneRunRoutes(home, { ...parts, arrivals, runs });
    teamRoutes(home, { ...parts, arrivals });
    managerRoutes(home, { ...parts, arrivals, runModel: models.runs });
    skippedRoutes(home, { arrivals, runs, runModel: models.runs });
    groupTreeRoutes(home, { ...parts, arrivals });
    mappingTestRoutes(home, { ...parts, arrivals });
    ownPhotoRoutes(home, { ...parts, arrivals });
  });
  return server;
}

type PasswordParts = Omit<FirstPasswordDeps & PasswordSignInDeps & NewPasswordRoutesDeps, 'attempts' | 'knownBrowsers'>;

function passwordRoutes(home: FastifyInstance, parts: PasswordParts & Models): void {
  const attempts = createAttempts(parts.passwordAttempts, parts.clock, 'sign-in');
  const linkAttempts = createAttempts(parts.passwordAttempts, parts.clock, 'password-link');
  const knownBrowsers = createKnownBrowsers(parts.knownBrowserDocuments, parts.clock);
  passwordSignInRoutes(home, { ...parts, attempts, knownBrowsers });
  firstPasswordRoutes(home, { ...parts, knownBrowsers });
  forgottenRoutes(home, { ...parts, linkAttempts });
  newPasswordRoutes(home, { ...parts, knownBrowsers });
}

const BODY_LIMIT_BYTES = 16_384;

async function createServer({ logger, settings, metrics }: AppDeps, hosts: Hosts): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = logger;
  // Its own request log would show queries, and with them codes and states.
  const logController = new LogController({ disableRequestLogging: true });
  const trustProxy = settings.trustedProxies.length > 0 && [...settings.trustedProxies];
  // What a schema doesn't know is refused, not left out: whoever misspells a setting is told.
  const ajv = { customOptions: { removeAdditional: false } } as const;
  const server = Fastify({ loggerInstance, logController, bodyLimit: BODY_LIMIT_BYTES, trustProxy, ajv });
  traceRequests(server, 'auth-gateway');
  server.addHook('onResponse', (request, reply, next) => {
    const { method, routeOptions } = request;
    const fields = { method, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
    if (routeOptions.logLevel !== 'silent') logger.info(fields, 'request answered');
    next();
  });
  if (metrics) countRequests(server, metrics);
  answerProblems(server, logger);
  const { centralOrigin, authorityHost } = settings;
  const localAuthority = isLoopback(authorityHost);
  await server.register(fastifyHelmet, securityHeaders({ centralOrigin, homes: hosts.homeOf('*'), localAuthority }));
  await server.register(fastifyCookie);
  await server.register(fastifyFormbody);
  await server.register(fastifyRateLimit, { global: false });
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

async function authoritiesOf({ settings, clock }: AppDeps, credentials: CredentialChoice) {
  const { authorityHost, clientId, clientCredentials } = settings;
  const authentication = await createClientAuthentication(clientCredentials, credentials);
  return createAuthorities({ authorityHost, clientId, authentication, clock });
}
