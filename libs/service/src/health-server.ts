import Fastify, { type FastifyInstance } from 'fastify';
import { addMetricsRoute, type Metrics } from './metrics/metrics.ts';

export interface Health {
  /** Does the process make progress? Never asks a dependency: else an outage elsewhere would restart everything. */
  readonly live: () => boolean;
  /** Can it serve now? */
  readonly ready: () => boolean | Promise<boolean>;
}

/** Adds `GET /health/live` and `GET /health/ready`: 200 or 503, for probes. */
export function addHealthRoutes(server: FastifyInstance, health: Health): void {
  const answer = (path: string, ask: () => boolean | Promise<boolean>) =>
    server.get(path, { logLevel: 'silent' }, async (_request, reply) => {
      const ok = await ask();
      return reply.code(ok ? 200 : 503).send({ status: ok ? 'ok' : 'unavailable' });
    });
  answer('/health/live', health.live);
  answer('/health/ready', health.ready);
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
