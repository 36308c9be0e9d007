import Fastify, { type FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';

export type { Registry as Metrics } from 'prom-client';

/** What a service counts and measures, with what Node knows of the process: memory, event loop, open handles. */
export function createMetrics(): Registry {
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  return metrics;
}

/** Adds `GET /metrics`, for Prometheus. Not for a door that strangers reach: numbers tell what became of their requests. */
export function addMetricsRoute(server: FastifyInstance, metrics: Registry): void {
  server.get('/metrics', { logLevel: 'silent' }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
}

/** A small HTTP server for the numbers of a service whose door is open to strangers. */
export async function startMetricsServer(metrics: Registry, { port, host }: { port: number; host: string }) {
  const server = Fastify();
  addMetricsRoute(server, metrics);
  await server.listen({ port, host });
  return server;
}
