import type { FastifyInstance } from 'fastify';
import { Histogram } from 'prom-client';
import type { Metrics } from './metrics.ts';

/**
 * Counts the requests of a server by route, method and status, and how long each took: rate, errors and duration. Routes as the
 * router has them, so that nobody who asks can make the labels grow.
 */
export function countRequests(server: FastifyInstance, metrics: Metrics): void {
  const seconds = new Histogram({
    ...{ name: 'http_request_seconds', help: 'Requests by route, method and status, and how long they took' },
    ...{ labelNames: ['route', 'method', 'status'], registers: [metrics] },
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10],
  });
  server.addHook('onResponse', (request, reply, next) => {
    const { method, routeOptions } = request;
    if (routeOptions.logLevel !== 'silent') {
      const labels = { route: routeOptions.url ?? 'none', method, status: String(reply.statusCode) };
      seconds.observe(labels, reply.elapsedTime / 1000);
    }
    next();
  });
}
