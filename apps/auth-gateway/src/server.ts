import fastifyCookie from '@fastify/cookie';
import fastifyFormbody from '@fastify/formbody';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import { countRequests, traceRequests } from '@learnamp/service';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { AppDeps } from './app.ts';
import type { Hosts } from './hosts/hosts.ts';
import { isLoopback } from './microsoft/authorities.ts';
import { securityHeaders } from './pages/security-headers.ts';
import { answerProblems } from './problems/answer-problems.ts';

const BODY_LIMIT_BYTES = 16_384;

/** The server without a route: how bodies, cookies and problems are dealt with, and what every answer says. */
export async function createServer({ logger, settings, metrics }: AppDeps, hosts: Hosts): Promise<FastifyInstance> {
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
