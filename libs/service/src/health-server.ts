import Fastify, { type FastifyInstance } from 'fastify';
import { addMetricsRoute, type Metrics } from './metrics/metrics.ts';

export interface Health {
  /** Does the process make progress? Never asks a dependency: else an outage elsewhere would restart everything. */
  readonly live: () => boolean;
  /** Can it serve now? */
  readonly ready: () => boolean | Promise<boolean>;
}

/**
 * Adds `GET /health/live` and `GET /health/ready`: 200 or 503, for probes. A server that is about to close (`leaving`) says that
 * it isn't ready, and each of its answers ends its connection, so that the next request opens one elsewhere.
 */
export function addHealthRoutes(server: FastifyInstance, health: Health, leaving?: AbortSignal): void {
  const answer = (path: string, ask: () => boolean | Promise<boolean>) =>
    server.get(path, { logLevel: 'silent' }, async (_request, reply) => {
      const ok = await ask();
      return reply.code(ok ? 200 : 503).send({ status: ok ? 'ok' : 'unavailable' });
    });
  answer('/health/live', health.live);
  answer('/health/ready', () => leaving?.aborted !== true && health.ready());
  server.addHook('onSend', (_request, reply, _payload, next) => {
    if (leaving?.aborted) void reply.header('connection', 'close');
    next();
  });
}

/** A small HTTP server for the probes, and the numbers, of a service that has no other door. */
export async function startHealthServer(
  health: Health,
  { port, host }: { port: number; host: string },
  metrics?: Metrics,
): Promise<FastifyInstance> {
  const server = Fastify();
  addHealthRoutes(server, health);
  if (metrics) addMetricsRoute(server, metrics);
  await server.listen({ port, host });
  return server;
}
